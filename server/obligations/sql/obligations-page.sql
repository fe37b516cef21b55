-- obligations-page: a page of obligations, newest first
--   $1 uuid employee, $2 text kind, $3 text state, null: any
--   $4 text words, $5 text sort, $6 boolean descending: not used: ids rise with time
--   $7 text key, $8 uuid last id seen, null: first page; $9 bigint at most so many
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
   and ($1::uuid is null or o.employee_id = $1)
   and ($2::text is null or o.kind = $2)
   and ($3::text is null or o.state = $3)
   and ($4::text is null or strpos(lower(o.title || ' ' || coalesce(o.reference_no, '')), lower($4)) > 0)
   and $5::text is not distinct from $5 and $6::boolean is not distinct from $6 and $7::text is not distinct from $7
   and ($8::uuid is null or o.obligation_id < $8)
 order by o.obligation_id desc
 limit $9::bigint;
