-- period-closed: its regular payrun is closed
--   $1 uuid  period
update payroll.pay_periods as d
   set state = 'CLOSED', version = d.version + 1
 where d.tenant_id = platform.current_tenant_id()
   and d.pay_period_id = $1::uuid;
