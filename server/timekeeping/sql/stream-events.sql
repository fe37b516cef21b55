-- stream-events: the tenant's events between two positions; whose they are, also where it was not known when they came
--   $1 bigint  slot
--   $2 bigint  after xid
--   $3 uuid    after id
--   $4 bigint  up to xid
--   $5 uuid    up to id
select e.clock_event_id, e.event_ts, e.device_id, e.event_id, coalesce(e.employee_id, l.employee_id) as employee_id, e.employee_ref,
       e.detachment_id, e.type, e.received_at, e.clock_offset_seconds
  from timekeeping.clock_events as e
  left join timekeeping.employee_links as l
    on e.employee_id is null
   and l.employee_ref = e.employee_ref
 where e.slot = $1::bigint::smallint
   and (e.xid, e.clock_event_id) > ($2::bigint::text::xid8, coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'))
   and (e.xid, e.clock_event_id) <= ($4::bigint::text::xid8, $5::uuid)
