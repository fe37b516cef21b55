-- assignments-change: the row as it is now, unless it has moved on
--   $1 uuid     assignment_id, $2 bigint  the version that was read, then the columns
update scheduling.assignments
   set employee_id = $3::uuid,
       detachment_id = $4::uuid,
       shift_id = $5::uuid,
       position_id = $6::uuid,
       valid_from = $7::date,
       valid_to = $8::date,
       rest_weekdays = $9::text,
       note = $10::text,
       version = version + 1
 where assignment_id = $1::uuid
   and version = $2::bigint;
