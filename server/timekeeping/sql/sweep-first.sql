-- sweep-first: the day of the first event of all
select min(e.event_ts)::date as first_day
  from timekeeping.clock_events as e
