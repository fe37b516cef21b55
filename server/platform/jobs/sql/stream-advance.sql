-- stream-advance: the cursor moves in the transaction of the effect, for who holds the lease
--   $1 text    reader
--   $2 bigint  slot
--   $3 bigint  lease number
--   $4 bigint  xid
--   $5 uuid    id
--   $6 bigint  lease in milliseconds
update platform.stream_slots as s
   set cursor_xid = $4::bigint::text::xid8, cursor_id = $5, moved_at = clock_timestamp(), failures = 0, last_error = null,
       lease_until = clock_timestamp() + $6::bigint * interval '1 millisecond'
 where s.reader = $1
   and s.slot = $2::bigint
   and s.lease_no = $3::bigint
   and s.lease_until > clock_timestamp()
