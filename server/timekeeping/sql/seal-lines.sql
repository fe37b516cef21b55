-- seal-lines: the days of these timesheets, in order
--   $1 uuid[]  timesheets
select t.timesheet_id, d.duty_date, d.cells, d.scheduled_minutes, d.late_minutes, d.undertime_minutes, d.absent_minutes, d.leave_paid_minutes,
       d.leave_unpaid_minutes, d.break_minutes, d.rest_day
  from timekeeping.timesheets as t
  join timekeeping.dtr_lines as d
    on (d.employee_id, d.duty_date) >= (t.employee_id, t.period_from)
   and (d.employee_id, d.duty_date) <= (t.employee_id, t.period_to)
   and d.detachment_id = t.detachment_id
   and d.shift_id = t.shift_id
   and d.position_id = t.position_id
 where t.timesheet_id = any ($1::uuid[])
 order by t.timesheet_id, d.duty_date, d.relief_id
