-- swept: of which days absence is told; no row: of none yet
select s.swept_from, s.swept_through
  from timekeeping.sweeps as s
