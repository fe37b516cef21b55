-- devices-change
--   $1 uuid device, $2 bigint the version that was read, $3 text name, $4 uuid detachment, $5 text kind, $6 boolean active
update timekeeping.devices as d
   set name = $3, detachment_id = $4, kind = $5, active = $6, version = d.version + 1
 where d.device_id = $1
   and d.version = $2::bigint
