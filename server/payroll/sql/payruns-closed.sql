-- payruns-closed: closed payruns whose effects the next calculation builds on: those of the last hundred days
--   $1 date  first day of the period
select r.payrun_id
  from payroll.payruns as r
  join payroll.pay_periods as d on d.tenant_id = r.tenant_id and d.pay_period_id = r.pay_period_id
 where r.tenant_id = platform.current_tenant_id()
   and r.state = 'CLOSED'
   and d.period_from >= $1::date - 100;
