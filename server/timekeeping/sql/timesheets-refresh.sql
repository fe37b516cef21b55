-- timesheets-refresh: sums of lines; only what differs is written, and a READY one goes back to DRAFT
--   $1 uuid[] timesheets, $2 uuid[] employees, $3 date[] period from, $4 date[] period to, $5 uuid[] detachments, $6 uuid[] shifts, $7 uuid[] positions
-- Compared as a pair: only the index that begins with the employee can serve it, whatever the planner knows of a young table.
insert into timekeeping.timesheets as t (tenant_id, timesheet_id, employee_id, period_from, period_to, detachment_id, shift_id, position_id,
       content_hash, days, open_days, scheduled_minutes, worked_minutes, regular_minutes, overtime_minutes, night_minutes, late_minutes,
       undertime_minutes, absent_minutes, leave_paid_minutes, leave_unpaid_minutes, break_minutes, holiday_unworked_minutes)
select (select platform.current_tenant_id()), u.timesheet_id, u.employee_id, u.period_from, u.period_to, u.detachment_id, u.shift_id, u.position_id,
       s.content_hash, s.days, s.open_days, s.scheduled, s.worked, s.regular, s.overtime, s.night, s.late, s.undertime, s.absent,
       s.leave_paid, s.leave_unpaid, s.breaks, s.holiday
  from unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[], $5::uuid[], $6::uuid[], $7::uuid[])
       as u (timesheet_id, employee_id, period_from, period_to, detachment_id, shift_id, position_id)
 cross join lateral (
       select count(*) as days, count(*) filter (where d.state = 'OPEN') as open_days, bit_xor(d.row_hash) as content_hash,
              sum(d.scheduled_minutes) as scheduled, sum(d.worked_minutes) as worked, sum(d.regular_minutes) as regular,
              sum(d.overtime_minutes) as overtime, sum(d.night_minutes) as night, sum(d.late_minutes) as late,
              sum(d.undertime_minutes) as undertime, sum(d.absent_minutes) as absent, sum(d.leave_paid_minutes) as leave_paid,
              sum(d.leave_unpaid_minutes) as leave_unpaid, sum(d.break_minutes) as breaks, sum(d.holiday_unworked_minutes) as holiday
         from timekeeping.dtr_lines as d
        where (d.employee_id, d.duty_date) >= (u.employee_id, u.period_from)
          and (d.employee_id, d.duty_date) <= (u.employee_id, u.period_to)
          and d.detachment_id = u.detachment_id
          and d.shift_id = u.shift_id
          and d.position_id = u.position_id) as s
 where s.days > 0
    on conflict (tenant_id, timesheet_id) do update
   set content_hash = excluded.content_hash,
       days = excluded.days,
       open_days = excluded.open_days,
       scheduled_minutes = excluded.scheduled_minutes,
       worked_minutes = excluded.worked_minutes,
       regular_minutes = excluded.regular_minutes,
       overtime_minutes = excluded.overtime_minutes,
       night_minutes = excluded.night_minutes,
       late_minutes = excluded.late_minutes,
       undertime_minutes = excluded.undertime_minutes,
       absent_minutes = excluded.absent_minutes,
       leave_paid_minutes = excluded.leave_paid_minutes,
       leave_unpaid_minutes = excluded.leave_unpaid_minutes,
       break_minutes = excluded.break_minutes,
       holiday_unworked_minutes = excluded.holiday_unworked_minutes,
       state = case when t.state = 'READY' then 'DRAFT' else t.state end,
       revision = t.revision + 1,
       updated_at = now(),
       updated_by = (select platform.current_user_id())
 where t.content_hash <> excluded.content_hash
