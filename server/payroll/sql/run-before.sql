-- run-before: where people stood in the last timesheets that they were paid for in this month
--   $1 date  first, $2 date  last day of the month, $3 uuid  this payrun, $4 uuid[]  employees
select x.employee_id, x.timesheet_id, x.snapshot_id, x.version, n.period_from, n.period_to, n.detachment_id, n.shift_id, n.position_id, n.region, n.city,
       n.duty_dates, n.cells, n.minutes
  from (select p.tenant_id, p.employee_id, s.timesheet_id, s.snapshot_id, s.version,
               dense_rank() over (partition by p.employee_id order by s.role <> 'period', p.period_to desc, p.paysheet_id) as place
          from payroll.paysheets as p
          join payroll.paysheet_sources as s on s.tenant_id = p.tenant_id and s.paysheet_id = p.paysheet_id
         where p.tenant_id = platform.current_tenant_id()
           and p.state = 'CLOSED'
           and p.period_to between $1::date and $2::date
           and p.payrun_id <> $3::uuid
           and p.employee_id = any ($4::uuid[])) as x
  join payroll.snapshots as n on n.tenant_id = x.tenant_id and n.snapshot_id = x.snapshot_id
 where x.place = 1
 order by x.employee_id, n.period_from, x.timesheet_id;
