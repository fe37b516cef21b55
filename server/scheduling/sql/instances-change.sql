-- instances-change: the row as it is now, unless it has moved on
--   $1 uuid     shift_instance_id, $2 bigint  the version that was read, then the columns
update scheduling.shift_instances
   set headcount = $3::bigint,
       status = $4::text,
       note = $5::text,
       version = version + 1
 where shift_instance_id = $1::uuid
   and version = $2::bigint;
