-- adjustments-one
--   $1 uuid  adjustment
select a.adjustment_id, a.kind, a.state, a.employee_id, a.duty_date, a.time_log_id, a.event_ts, a.ts, a.type, a.detachment_id, a.paid, a.minutes,
       a.reason, a.change_request_id, a.created_at, a.created_by
  from timekeeping.adjustments as a
 where a.adjustment_id = $1
