-- seal-who: whose timesheets these are, and of which period
--   $1 uuid[]  timesheets
select distinct t.employee_id, t.period_from, t.period_to
  from timekeeping.timesheets as t
 where t.timesheet_id = any ($1::uuid[])
