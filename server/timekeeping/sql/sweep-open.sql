-- sweep-open: the days of which absence is told grow, and never shrink; gives them, and where the lines have come to
--   $1 date  from
--   $2 date  through
insert into timekeeping.sweeps as s (tenant_id, swept_from, swept_through)
values (platform.current_tenant_id(), $1::date, greatest($1::date, $2::date))
    on conflict (tenant_id) do update
   set swept_from = least(s.swept_from, excluded.swept_from),
       swept_through = greatest(s.swept_through, excluded.swept_through)
returning s.swept_from, s.swept_through, s.settled_from, s.settled_through
