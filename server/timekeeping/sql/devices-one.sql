-- devices-one
--   $1 uuid  device
select d.device_id, d.name, d.detachment_id, d.kind, d.active, s.last_seen_at, s.clock_offset_seconds, d.version
  from timekeeping.devices as d
  left join timekeeping.device_signs as s
    on s.device_id = d.device_id
 where d.device_id = $1
