-- instances-one: one of the shift instances
--   $1 uuid     shift_instance_id
select i.shift_instance_id,
       i.duty_date,
       i.detachment_id,
       i.shift_id,
       i.headcount,
       i.status,
       i.note,
       i.version
  from scheduling.shift_instances as i
 where i.shift_instance_id = $1::uuid;
