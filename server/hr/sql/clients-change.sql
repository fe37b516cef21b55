-- clients-change: the row as it is now, unless it has moved on
--   $1 uuid     client_id, $2 bigint  the version that was read, then the columns
update hr_core.clients
   set code = $3::text,
       name = $4::text,
       status = $5::text,
       contact = $6::text,
       address = $7::text,
       version = version + 1
 where client_id = $1::uuid
   and version = $2::bigint;
