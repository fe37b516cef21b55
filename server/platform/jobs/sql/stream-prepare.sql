-- stream-prepare: the slots of a reader are there
--   $1 text    reader
--   $2 bigint  slots
insert into platform.stream_slots (reader, slot)
select $1, s
  from generate_series (0, $2::bigint - 1) as s
 where not exists (select from platform.stream_slots as t where t.reader = $1 and t.slot = s)
    on conflict do nothing
