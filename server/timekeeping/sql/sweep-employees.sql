-- sweep-employees: who was heard of between two instants
--   $1 timestamptz  from
--   $2 timestamptz  to, exclusive
select distinct t.employee_id
  from timekeeping.time_logs as t
 where t.event_ts >= $1
   and t.event_ts < $2
   and t.employee_id is not null
