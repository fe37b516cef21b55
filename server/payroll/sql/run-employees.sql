-- run-employees: who has timesheets that this payrun pays, by id
--   $1 date  first day, $2 date  last day of the period, $3 boolean  off cycle: only what came late
select distinct p.employee_id
  from payroll.timesheet_heads as p
 where p.tenant_id = platform.current_tenant_id()
   and p.version > p.paid_version
   and ((not $3::boolean and p.period_from = $1::date and p.period_to = $2::date)
        or (p.period_to <= $2::date
            and exists (select from payroll.pay_periods as d
                         where d.tenant_id = p.tenant_id and d.period_from = p.period_from and d.period_to = p.period_to and d.state = 'CLOSED')))
 order by p.employee_id;
