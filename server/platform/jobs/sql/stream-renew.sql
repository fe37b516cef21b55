-- stream-renew: all slots of this worker that are not just being moved (those renew themselves)
--   $1 text    worker
--   $2 bigint  lease in milliseconds
with mine as (
  select reader, slot
    from platform.stream_slots
   where lease_owner = $1
     and lease_until > clock_timestamp()
     for no key update skip locked)
update platform.stream_slots as s
   set lease_until = clock_timestamp() + $2::bigint * interval '1 millisecond'
  from mine as m
 where s.reader = m.reader
   and s.slot = m.slot
