-- directory-devices: all devices of the tenant, and where they hang
select d.device_id, d.detachment_id, d.active
  from timekeeping.devices as d
