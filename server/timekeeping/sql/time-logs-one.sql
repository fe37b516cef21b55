-- time-logs-one
--   $1 uuid  time log
select t.time_log_id, t.event_ts as ts, t.type, t.employee_id, t.duty_date, t.detachment_id, t.duty_detachment_id, t.shift_id, t.position_id,
       t.assignment_id, t.relief_id, t.status, t.codes, t.adjusted_ts, t.adjusted_type, t.adjustment_id, t.device_id, t.event_id
  from timekeeping.time_logs as t
 where t.time_log_id = $1
