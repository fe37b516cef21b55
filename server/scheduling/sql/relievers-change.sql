-- relievers-change: the row as it is now, unless it has moved on
--   $1 uuid     relief_id, $2 bigint  the version that was read, then the columns
update scheduling.relievers
   set status = $3::text,
       version = version + 1
 where relief_id = $1::uuid
   and version = $2::bigint;
