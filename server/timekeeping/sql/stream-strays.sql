-- stream-strays: events that came without an employee; whose they are, where that is known by now (rows of instant and key: only the
-- primary key can answer)
--   $1 timestamptz[]  instants
--   $2 uuid[]         clock events
select e.clock_event_id, e.event_ts, e.device_id, e.event_id, l.employee_id, e.employee_ref, e.detachment_id, e.type
  from unnest($1::timestamptz[], $2::uuid[]) as u (event_ts, clock_event_id)
  join timekeeping.clock_events as e
    on (e.event_ts, e.clock_event_id) >= (u.event_ts, u.clock_event_id)
   and (e.event_ts, e.clock_event_id) <= (u.event_ts, u.clock_event_id)
  left join timekeeping.employee_links as l
    on l.employee_ref = e.employee_ref
