-- shifts-change: name and status; times never change
--   $1 uuid     shift, $2 bigint  the version that was read, $3 text name, $4 text status
update hr_core.shifts
   set name = $3::text,
       status = $4::text,
       version = version + 1
 where shift_id = $1::uuid
   and version = $2::bigint;
