-- derive-horizon: first and last day of which anything is told; a day more on either side for the time zone
select min(d.day) - 1 as first_day, max(d.day) + 1 as last_day
  from (select min(l.duty_date) as day from timekeeping.dtr_lines as l
         union all
        select max(l.duty_date) from timekeeping.dtr_lines as l
         union all
        select min(t.event_ts)::date from timekeeping.time_logs as t
         union all
        select max(t.event_ts)::date from timekeeping.time_logs as t
         union all
        select s.swept_through from timekeeping.sweeps as s) as d
