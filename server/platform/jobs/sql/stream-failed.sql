-- stream-failed: counts, for the backoff and for people
--   $1 text    reader
--   $2 bigint  slot
--   $3 bigint  lease number
--   $4 text    error
update platform.stream_slots as s
   set failures = s.failures + 1, last_error = $4
 where s.reader = $1
   and s.slot = $2::bigint
   and s.lease_no = $3::bigint
returning s.failures
