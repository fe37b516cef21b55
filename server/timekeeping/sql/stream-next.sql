-- stream-next: what may be read, of all tenants: whose, when, by which device
--   $1 bigint  slot
--   $2 bigint  after xid
--   $3 uuid    after id
--   $4 bigint  limit
select xid, id, tenant_id, event_ts, employee_id, device_id, received_at, clock_offset_seconds
  from timekeeping.clock_event_places_next ($1::bigint::smallint, $2::bigint::text::xid8,
                                            coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'), $4::bigint::integer)
