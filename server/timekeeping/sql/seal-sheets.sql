-- seal-sheets: the timesheets to seal, held, with what stands in the way
--   $1 uuid[]  timesheets
select t.timesheet_id, t.version, t.revision, t.state, t.employee_id, t.period_from, t.period_to, t.detachment_id, t.shift_id, t.position_id,
       t.content_hash, t.open_days, t.days, t.scheduled_minutes, t.worked_minutes, t.regular_minutes, t.overtime_minutes, t.night_minutes,
       t.late_minutes, t.undertime_minutes, t.absent_minutes, t.leave_paid_minutes, t.leave_unpaid_minutes, t.break_minutes,
       t.holiday_unworked_minutes, t.state = 'FINALIZED' and t.sealed_hash <> t.content_hash as changed_since,
       (select string_agg(distinct a.code, ' ' order by a.code)
          from timekeeping.anomalies as a
         where a.employee_id = t.employee_id
           and a.duty_date between t.period_from and t.period_to
           and a.severity = 'blocking'
           and not exists (select from timekeeping.anomaly_resolutions as r where r.anomaly_id = a.anomaly_id and r.minutes = a.minutes)) as blocking
  from timekeeping.timesheets as t
 where t.timesheet_id = any ($1::uuid[])
 order by t.timesheet_id
   for update of t
