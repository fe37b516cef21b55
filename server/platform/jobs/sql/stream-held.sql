-- stream-held: what this worker holds
--   $1 text  worker
select s.reader, s.slot, s.lease_no
  from platform.stream_slots as s
 where s.lease_owner = $1
   and s.lease_until > clock_timestamp()
