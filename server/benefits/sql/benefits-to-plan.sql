-- benefits-to-plan: open benefits whose instalments end before a day
--   $1 date  the day
select b.benefit_id, b.employee_id, b.kind, b.title, b.amount_centavos, b.frequency, greatest(b.valid_from, b.planned_to + 1) as valid_from, b.valid_to
  from benefits.benefits as b
 where b.tenant_id = platform.current_tenant_id()
   and b.state = 'ACTIVE'
   and b.valid_to is null
   and b.frequency <> 'once'
   and b.planned_to < $1::date
 order by b.benefit_id
   for update;
