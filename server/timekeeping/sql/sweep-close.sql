-- sweep-close: the lines have followed
--   $1 date  from
--   $2 date  through
update timekeeping.sweeps as s
   set settled_from = least(s.settled_from, $1::date),
       settled_through = greatest(s.settled_through, $2::date)
