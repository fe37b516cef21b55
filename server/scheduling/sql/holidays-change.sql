-- holidays-change: the row as it is now, unless it has moved on
--   $1 uuid     holiday_id, $2 bigint  the version that was read, then the columns
update scheduling.holidays
   set on_date = $3::date,
       name = $4::text,
       day_type = $5::text,
       scope = $6::text,
       source = $7::text,
       status = $8::text,
       version = version + 1
 where holiday_id = $1::uuid
   and version = $2::bigint;
