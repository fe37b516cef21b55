-- stream-release: handed back at once
--   $1 text    reader
--   $2 bigint  slot
--   $3 bigint  lease number
update platform.stream_slots as s
   set lease_owner = null, lease_until = '-infinity'
 where s.reader = $1
   and s.slot = $2::bigint
   and s.lease_no = $3::bigint
