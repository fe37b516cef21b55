-- clock-event-keys: keys that stand, by their place in the question
--   $1 uuid[]  devices
--   $2 uuid[]  events
select u.n, k.clock_event_id, k.body_hash
  from unnest($1::uuid[], $2::uuid[]) with ordinality as u (device_id, event_id, n)
  join timekeeping.clock_event_keys as k
    on k.device_id = u.device_id
   and k.event_id = u.event_id
