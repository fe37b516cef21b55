-- payruns-earlier-open: an earlier regular payrun that is not closed: this one's month builds on it
--   $1 date  first day of the period
select r.title
  from payroll.payruns as r
  join payroll.pay_periods as d on d.tenant_id = r.tenant_id and d.pay_period_id = r.pay_period_id
 where r.tenant_id = platform.current_tenant_id()
   and r.kind = 'regular'
   and r.state not in ('CLOSED', 'CANCELLED')
   and d.period_from < $1::date
 order by d.period_from
 limit 1;
