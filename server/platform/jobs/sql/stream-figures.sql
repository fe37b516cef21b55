-- stream-figures: readers, how far and how they fare
select s.reader as name, 'stream'::text as sort, count(*) as slots,
       count(*) filter (where s.lease_until > now()) as held,
       max(s.failures) as failures,
       platform.stream_behind (s.reader) as waiting,
       coalesce(extract(epoch from now() - max(s.moved_at)), 0)::bigint as oldest_seconds,
       max(s.last_error) as last_error
  from platform.stream_slots as s
 group by s.reader
 order by s.reader
