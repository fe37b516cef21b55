-- timesheet-findings: what is open about the employee in the period of a timesheet
--   $1 uuid  timesheet
select a.anomaly_id, a.code, a.severity, a.duty_date, a.time_log_id, a.minutes
  from timekeeping.timesheets as t
  join timekeeping.anomalies as a
    on a.employee_id = t.employee_id
   and a.duty_date between t.period_from and t.period_to
 where t.timesheet_id = $1
   and a.severity <> 'info'
   and not exists (select from timekeeping.anomaly_resolutions as r where r.anomaly_id = a.anomaly_id and r.minutes = a.minutes)
 order by a.severity, a.duty_date, a.code
