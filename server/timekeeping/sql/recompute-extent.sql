-- recompute-extent: everybody of whom anything is told, with the first and the last day of all
with days as (
  select min(e.event_ts)::date - 2 as first_day, max(e.event_ts)::date + 2 as last_day from timekeeping.clock_events as e
   union all
  select min(d.duty_date), max(d.duty_date) from timekeeping.dtr_lines as d
   union all
  select min(a.duty_date), max(a.duty_date) from timekeeping.anomalies as a where a.derived
   union all
  select s.swept_from, s.swept_through from timekeeping.sweeps as s),
people as (
  select e.employee_id from timekeeping.clock_events as e
   union
  select l.employee_id from timekeeping.employee_links as l
   union
  select d.employee_id from timekeeping.dtr_lines as d)
select p.employee_id, (select min(d.first_day) from days as d) as first_day, (select max(d.last_day) from days as d) as last_day
  from people as p
 where p.employee_id is not null
