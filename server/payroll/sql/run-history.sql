-- run-history: what closed payruns say of a span of employees: the year for tax and 13th month, the month for contributions
--   $1 uuid  first, $2 uuid  last employee, $3 date  first day of the year, $4 date  first day of the month, $5 date  last day of the month,
--   $6 uuid  this payrun, $7 date  first day of the year that it is paid in
select p.employee_id,
       coalesce(sum(p.taxable_centavos) filter (where p.pay_date >= $7::date), 0)::bigint as taxable,
       coalesce(sum(p.tax_centavos + p.tax_short_centavos) filter (where p.pay_date >= $7), 0)::bigint as withheld,
       count(*) filter (where p.pay_date >= $7) as periods,
       coalesce(bool_or(p.tax_method = 'cumulative') filter (where p.pay_date >= $7), false) as cumulative,
       coalesce(sum(p.basic_centavos) filter (where p.period_to >= $3::date), 0)::bigint as basic,
       coalesce(sum(p.pool_centavos) filter (where p.pay_date >= $7), 0)::bigint as pool,
       coalesce(sum(p.gross_centavos) filter (where p.period_to between $4::date and $5::date), 0)::bigint as month_gross,
       (array_agg(p.net_centavos order by p.period_to desc, p.pay_date desc))[1] as previous_net,
       (select array_agg(coalesce(t.total, 0)::bigint order by t.place)
          from (select m.place, sum(m.figure) as total
                  from payroll.paysheets as q
                 cross join unnest(q.statutory) with ordinality as m (figure, place)
                 where q.tenant_id = platform.current_tenant_id() and q.employee_id = p.employee_id and q.state = 'CLOSED'
                   and q.period_to between $4 and $5
                 group by m.place) as t) as statutory
  from payroll.paysheets as p
 where p.tenant_id = platform.current_tenant_id()
   and p.employee_id between $1::uuid and $2::uuid
   and p.period_to >= least($3, $7) - 62
   and p.state = 'CLOSED'
   and p.payrun_id <> $6::uuid
 group by p.employee_id
 order by p.employee_id;
