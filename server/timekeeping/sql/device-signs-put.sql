-- device-signs-put: when devices were last heard of, and how far their clocks were ahead
--   $1 uuid[]         devices, ascending
--   $2 timestamptz[]  seen at
--   $3 bigint[]       seconds ahead
insert into timekeeping.device_signs as s (tenant_id, device_id, last_seen_at, clock_offset_seconds)
select platform.current_tenant_id(), u.*
  from unnest($1::uuid[], $2::timestamptz[], $3::bigint[]) as u
    on conflict (tenant_id, device_id) do update
   set last_seen_at = excluded.last_seen_at,
       clock_offset_seconds = excluded.clock_offset_seconds,
       updated_at = now()
 where excluded.last_seen_at > s.last_seen_at
