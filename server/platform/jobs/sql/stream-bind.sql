-- stream-bind: a reader belongs to one cluster's transaction ids from its first reading on; gives what it is bound to
--   $1 text    reader
--   $2 bigint  system identifier of the source
--   $3 bigint  epoch of the source
--   $4 text    table, nullable
with bound as (
  update platform.stream_slots as s
     set source_system = $2::bigint, source_epoch = $3::bigint, source_table = $4::text
   where s.reader = $1
     and (s.source_system is null
          or (s.source_system = $2::bigint and s.source_epoch = $3::bigint and s.source_table is distinct from $4::text))
  returning s.source_system, s.source_epoch)
select source_system, source_epoch
  from bound
union
select s.source_system, s.source_epoch
  from platform.stream_slots as s
 where s.reader = $1
   and s.source_system is not null
