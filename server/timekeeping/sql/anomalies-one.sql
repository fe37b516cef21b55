-- anomalies-one
--   $1 uuid  anomaly
select a.anomaly_id, a.duty_date, a.code, a.severity, case when r.anomaly_id is null or r.minutes <> a.minutes then 'open' else 'settled' end as state,
       a.employee_id, a.detachment_id, a.shift_id, a.time_log_id, a.minutes, a.employee_ref, a.created_at as found_at, r.action, r.reason,
       r.created_by as resolved_by, r.created_at as resolved_at
  from timekeeping.anomalies as a
  left join timekeeping.anomaly_resolutions as r
    on r.anomaly_id = a.anomaly_id
 where a.anomaly_id = $1
