-- seal-underived: events of these employees between two instants that have no time log yet
--   $1 uuid[]       employees
--   $2 timestamptz  from
--   $3 timestamptz  to, exclusive
select e.employee_id, e.event_ts
  from timekeeping.clock_events as e
 where e.employee_id = any ($1::uuid[])
   and e.event_ts >= $2
   and e.event_ts < $3
   and not exists (select from timekeeping.time_logs as t where t.time_log_id = e.clock_event_id and t.event_ts = e.event_ts)
