-- run-small: small benefits that closed payruns paid, of a span of employees
--   $1 uuid  first, $2 uuid  last employee, $3 date  first day of the month, $4 date  of the half-year, $5 date  of the year
select p.employee_id, b.kind,
       coalesce(sum(b.amount::bigint) filter (where p.period_to >= $3::date), 0)::bigint as month,
       coalesce(sum(b.amount::bigint) filter (where p.period_to >= $4::date), 0)::bigint as semester,
       sum(b.amount::bigint)::bigint as year
  from payroll.paysheets as p
 cross join jsonb_each_text(p.de_minimis) as b (kind, amount)
 where p.tenant_id = platform.current_tenant_id()
   and p.employee_id between $1::uuid and $2::uuid
   and p.period_to >= $5::date
   and p.state = 'CLOSED'
   and p.de_minimis is not null
 group by p.employee_id, b.kind
 order by p.employee_id, b.kind;
