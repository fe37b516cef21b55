-- instalments-of: the instalments named, and every open one of their obligations, held until the unit ends
--   $1 uuid[]  instalments
--   $2 uuid[]  obligations
select i.instalment_id, i.obligation_id, i.employee_id, i.seq_no, i.period_from, i.period_to, i.due_centavos, i.waived_centavos, i.taken_centavos,
       i.status, i.origin, o.deferral_follow_up, o.frequency,
       (select max(m.seq_no) from obligations.instalments as m where m.tenant_id = i.tenant_id and m.obligation_id = i.obligation_id)::bigint as last_no
  from obligations.instalments as i
  join obligations.obligations as o on o.tenant_id = i.tenant_id and o.obligation_id = i.obligation_id
 where i.tenant_id = platform.current_tenant_id()
   and (i.instalment_id = any ($1::uuid[])
        or (i.status = 'PLANNED'
            and i.obligation_id in (select n.obligation_id
                                      from obligations.instalments as n
                                     where n.tenant_id = platform.current_tenant_id()
                                       and n.instalment_id = any ($1::uuid[])
                                     union all
                                    select unnest($2::uuid[]))))
 order by i.obligation_id, i.period_from, i.seq_no
   for update of i;
