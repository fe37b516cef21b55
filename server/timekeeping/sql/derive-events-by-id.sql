-- derive-events-by-id: single events, for adjustments that move them far; none counts as own
--   $1 uuid[]         clock events
--   $2 timestamptz[]  their instants
select 0::bigint as unit, e.clock_event_id, e.event_ts, e.device_id, e.event_id, e.detachment_id, e.type, e.device_known::int as device_known,
       e.clock_offset_seconds, 0 as own
  from unnest($1::uuid[], $2::timestamptz[]) as u (clock_event_id, event_ts)
  join timekeeping.clock_events as e
    on e.event_ts = u.event_ts
   and e.clock_event_id = u.clock_event_id
