-- stream-cursor: where a slot stands, while it is ours
--   $1 text    reader
--   $2 bigint  slot
--   $3 bigint  lease number
select s.cursor_xid, s.cursor_id, s.failures
  from platform.stream_slots as s
 where s.reader = $1
   and s.slot = $2::bigint
   and s.lease_no = $3::bigint
   and s.lease_until > clock_timestamp()
