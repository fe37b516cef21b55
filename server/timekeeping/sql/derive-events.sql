-- derive-events: the events of each unit's employee between two instants, units in order; with those that came before anybody was known
-- by their number (own: 0)
--   $1 uuid[]         employees
--   $2 timestamptz[]  from
--   $3 timestamptz[]  to, exclusive
--   $4 timestamptz    the earliest from: leaves out whole months
--   $5 timestamptz    the latest to
select u.unit, e.clock_event_id, e.event_ts, e.device_id, e.event_id, e.detachment_id, e.type, e.device_known::int as device_known,
       e.clock_offset_seconds, e.own
  from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) with ordinality as u (employee_id, from_ts, to_ts, unit)
 cross join lateral (
       select c.clock_event_id, c.event_ts, c.device_id, c.event_id, c.detachment_id, c.type, c.device_known, c.clock_offset_seconds, 1 as own
         from timekeeping.clock_events as c
        where c.employee_id = u.employee_id
          and c.event_ts >= u.from_ts
          and c.event_ts < u.to_ts
          and c.event_ts >= $4
          and c.event_ts < $5
       union all
       select c.clock_event_id, c.event_ts, c.device_id, c.event_id, c.detachment_id, c.type, c.device_known, c.clock_offset_seconds, 0 as own
         from timekeeping.employee_links as l
         join timekeeping.clock_events as c
           on c.employee_ref = l.employee_ref
          and c.employee_id is null
          and c.event_ts >= u.from_ts
          and c.event_ts < u.to_ts
          and c.event_ts >= $4
          and c.event_ts < $5
        where l.employee_id = u.employee_id
       offset 0) as e
 order by u.unit
