-- positions-change: the row as it is now, unless it has moved on
--   $1 uuid     position_id, $2 bigint  the version that was read, then the columns
update hr_core.positions
   set code = $3::text,
       name = $4::text,
       kind = $5::text,
       rank = nullif($6::bigint, 0),
       exempt = $7::boolean,
       status = $8::text,
       version = version + 1
 where position_id = $1::uuid
   and version = $2::bigint;
