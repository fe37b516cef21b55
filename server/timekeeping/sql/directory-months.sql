-- directory-months: the months that clock events may lie in (the default partition must stay empty)
select (regexp_match(m.bound, 'FROM \(''([^'']+)''\)'))[1]::timestamptz as from_ts,
       (regexp_match(m.bound, 'TO \(''([^'']+)''\)'))[1]::timestamptz as to_ts
  from (select pg_get_expr(c.relpartbound, c.oid) as bound
          from pg_inherits as i
          join pg_class as c
            on c.oid = i.inhrelid
         where i.inhparent = 'timekeeping.clock_events'::regclass) as m
 where m.bound like 'FOR VALUES FROM%'
 order by 1
