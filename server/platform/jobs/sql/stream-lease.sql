-- stream-lease: takes free slots of a reader, at most so many
--   $1 text    reader
--   $2 text    worker
--   $3 bigint  lease in milliseconds
--   $4 bigint  at most
with picked as (
  select reader, slot
    from platform.stream_slots
   where reader = $1
     and (lease_owner is null or lease_until < clock_timestamp())
   order by slot
   limit $4::bigint
     for update skip locked)
update platform.stream_slots as s
   set lease_owner = $2, lease_no = s.lease_no + 1, lease_until = clock_timestamp() + $3::bigint * interval '1 millisecond'
  from picked as p
 where s.reader = p.reader
   and s.slot = p.slot
returning s.slot, s.lease_no, s.cursor_xid, s.cursor_id, s.failures
