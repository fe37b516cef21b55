-- due-instalments: what a payrun of a period must try to take: its own, what was left over, and what was waived of its own
--   $1 date    first day of the period
--   $2 uuid[]  employees, empty: all
select i.instalment_id, i.obligation_id, i.employee_id, i.period_from, o.kind, o.title, i.due_centavos, i.waived_centavos, o.priority, o.whole_only
  from obligations.instalments as i
  join obligations.obligations as o on o.tenant_id = i.tenant_id and o.obligation_id = i.obligation_id
 where i.tenant_id = platform.current_tenant_id()
   and ((i.status = 'PLANNED' and i.period_from <= $1::date) or (i.status = 'WAIVED' and i.period_from = $1::date))
   and o.state in ('ACTIVE', 'SETTLED')
   and (cardinality($2::uuid[]) = 0 or i.employee_id = any ($2::uuid[]))
 order by i.employee_id, o.priority, i.instalment_id;
