-- period-one: one pay period
--   $1 uuid  period, or null: then $2 date  its first day
select d.pay_period_id, d.kind, d.period_from, d.period_to, d.pay_date, d.cut_off, d.state, d.version, r.payrun_id, r.state as payrun_state,
       (select count(*) from payroll.timesheet_heads as h
         where h.tenant_id = d.tenant_id and h.period_from = d.period_from and h.period_to = d.period_to) as snapshots
  from payroll.pay_periods as d
  left join payroll.payruns as r on r.tenant_id = d.tenant_id and r.pay_period_id = d.pay_period_id and r.kind = 'regular' and r.state <> 'CANCELLED'
 where d.tenant_id = platform.current_tenant_id()
   and (d.pay_period_id = $1::uuid or ($1 is null and d.period_from = $2::date));
