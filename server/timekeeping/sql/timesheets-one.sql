-- timesheets-one
--   $1 uuid  timesheet
select t.timesheet_id, t.state, t.version, t.revision, t.period_from, t.period_to, t.employee_id, t.detachment_id, t.shift_id, t.position_id, t.days,
       t.scheduled_minutes, t.worked_minutes, t.regular_minutes, t.overtime_minutes, t.night_minutes, t.late_minutes, t.undertime_minutes,
       t.absent_minutes, t.leave_paid_minutes, t.leave_unpaid_minutes, t.break_minutes, t.holiday_unworked_minutes, o.anomalies, o.blocking,
       t.state = 'FINALIZED' and t.sealed_hash <> t.content_hash as changed_since, t.sha256, t.finalized_by, t.finalized_at
  from timekeeping.timesheets as t
 cross join lateral (
       select count(*) filter (where a.severity <> 'info') as anomalies, count(*) filter (where a.severity = 'blocking') as blocking
         from timekeeping.anomalies as a
        where a.employee_id = t.employee_id
          and a.duty_date between t.period_from and t.period_to
          and not exists (select from timekeeping.anomaly_resolutions as r where r.anomaly_id = a.anomaly_id and r.minutes = a.minutes)) as o
 where t.timesheet_id = $1
