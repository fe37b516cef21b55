-- devices-insert: a set of devices, one array per column
insert into timekeeping.devices (tenant_id, device_id, name, detachment_id, kind, active)
select platform.current_tenant_id(), u.*
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::boolean[]) as u
 order by 2
