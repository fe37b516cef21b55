-- due-instalments: what a payrun of a period must pay
--   $1 date    first day of the period
--   $2 uuid[]  employees, empty: all
select i.instalment_id, i.benefit_id, i.employee_id, b.kind, b.title, b.tax_class, b.de_minimis_kind, b.taxable, i.due_centavos
  from benefits.instalments as i
  join benefits.benefits as b on b.tenant_id = i.tenant_id and b.benefit_id = i.benefit_id
 where i.tenant_id = platform.current_tenant_id()
   and i.status = 'PLANNED'
   and i.period_from = $1::date
   and b.state in ('ACTIVE', 'ENDED')
   and (cardinality($2::uuid[]) = 0 or i.employee_id = any ($2::uuid[]))
 order by i.employee_id, i.benefit_id;
