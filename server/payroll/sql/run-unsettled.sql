-- run-unsettled: who was paid in this month, and was asked for no contribution yet of a scheme that is due now, by id
--   $1 date  first, $2 date  last day of the month, $3 uuid  this payrun, $4 boolean  SSS is due, $5 PhilHealth, $6 HDMF
select p.employee_id
  from payroll.pay_periods as d
  join payroll.payruns as r on r.tenant_id = d.tenant_id and r.pay_period_id = d.pay_period_id and r.state = 'CLOSED'
  join payroll.paysheets as p on p.tenant_id = r.tenant_id and p.payrun_id = r.payrun_id and p.state = 'CLOSED'
 where d.tenant_id = platform.current_tenant_id()
   and d.period_to between $1::date and $2::date
   and r.payrun_id <> $3::uuid
 group by p.employee_id
having sum(p.gross_centavos) > 0
   and (($4::boolean and coalesce(sum(p.statutory[1] + p.statutory[2]), 0) = 0)
        or ($5::boolean and coalesce(sum(p.statutory[9] + p.statutory[10]), 0) = 0)
        or ($6::boolean and coalesce(sum(p.statutory[17] + p.statutory[18]), 0) = 0))
 order by p.employee_id;
