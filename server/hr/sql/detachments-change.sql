-- detachments-change: the row as it is now, unless it has moved on
--   $1 uuid     detachment_id, $2 bigint  the version that was read, then the columns
update hr_core.detachments
   set code = $3::text,
       name = $4::text,
       client_id = $5::uuid,
       kind = $6::text,
       region = $7::text,
       city = $8::text,
       address = $9::text,
       meal_break = $10::text,
       status = $11::text,
       opened_on = $12::date,
       closed_on = $13::date,
       version = version + 1
 where detachment_id = $1::uuid
   and version = $2::bigint;
