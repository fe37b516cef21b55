-- run-sources: the timesheets that this payrun pays, of a span of employees
--   $1 date  first day, $2 date  last day of the period, $3 boolean  off cycle, $4 uuid  first, $5 uuid  last employee
select p.employee_id, p.timesheet_id, p.snapshot_id, p.version, p.paid_version, s.period_from, s.period_to, s.detachment_id, s.shift_id, s.position_id,
       s.region, s.city, s.duty_dates, s.cells, s.minutes,
       p.paid_version = 0 and p.period_from = $1::date and p.period_to = $2::date as own_period
  from payroll.timesheet_heads as p
  join payroll.snapshots as s on s.tenant_id = p.tenant_id and s.snapshot_id = p.snapshot_id
 where p.tenant_id = platform.current_tenant_id()
   and p.version > p.paid_version
   and p.employee_id between $4::uuid and $5::uuid
   and ((not $3::boolean and p.period_from = $1::date and p.period_to = $2::date)
        or (p.period_to <= $2::date
            and exists (select from payroll.pay_periods as d
                         where d.tenant_id = p.tenant_id and d.period_from = p.period_from and d.period_to = p.period_to and d.state = 'CLOSED')))
 order by p.employee_id, p.period_from, p.timesheet_id;
