-- sweep-first: the days of the first and the last event of all
select min(e.event_ts)::date as first_day, max(e.event_ts)::date as last_day
  from timekeeping.clock_events as e
