-- obligation-one: one obligation with what was taken and what is open
--   $1 uuid  obligation
select o.obligation_id, o.employee_id, o.kind, o.title, o.reference_no, o.principal_centavos, o.instalment_centavos, o.starts_on, o.frequency,
       o.priority, o.whole_only, o.deferral_follow_up, o.state, o.forgiven_centavos, o.change_id, o.version, o.reason,
       s.taken as taken_centavos, s.open as open_centavos, s.next_period
  from obligations.obligations as o
 cross join lateral (
         select coalesce(sum(i.taken_centavos), 0)::bigint as taken,
                coalesce(sum(i.due_centavos - i.waived_centavos) filter (where i.status = 'PLANNED'), 0)::bigint as open,
                min(i.period_from) filter (where i.status = 'PLANNED') as next_period
           from obligations.instalments as i
          where i.tenant_id = o.tenant_id
            and i.obligation_id = o.obligation_id) as s
 where o.tenant_id = platform.current_tenant_id()
   and o.obligation_id = $1::uuid;
