-- timesheets-empty: of these, those that no line is left of: gone, unless they were sealed once
--   $1 uuid[]  timesheets
with empty as (
  select t.timesheet_id, t.version > 1 or t.state = 'FINALIZED' as sealed
    from timekeeping.timesheets as t
   where t.timesheet_id = any ($1::uuid[])
     and not exists (
         select from timekeeping.dtr_lines as d
          where (d.employee_id, d.duty_date) >= (t.employee_id, t.period_from)
            and (d.employee_id, d.duty_date) <= (t.employee_id, t.period_to)
            and d.detachment_id = t.detachment_id
            and d.shift_id = t.shift_id
            and d.position_id = t.position_id)),
gone as (
  delete from timekeeping.timesheets as t
   using empty as e
   where t.timesheet_id = e.timesheet_id
     and not e.sealed)
update timekeeping.timesheets as t
   set content_hash = 0, days = 0, open_days = 0, scheduled_minutes = 0, worked_minutes = 0, regular_minutes = 0, overtime_minutes = 0,
       night_minutes = 0, late_minutes = 0, undertime_minutes = 0, absent_minutes = 0, leave_paid_minutes = 0, leave_unpaid_minutes = 0,
       break_minutes = 0, holiday_unworked_minutes = 0, revision = t.revision + 1, updated_at = now()
  from empty as e
 where t.timesheet_id = e.timesheet_id
   and e.sealed
   and t.content_hash <> 0
