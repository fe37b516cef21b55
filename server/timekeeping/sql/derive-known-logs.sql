-- derive-known-logs: which time logs stand, and what they hold
--   $1 uuid[]         employees
--   $2 timestamptz[]  from
--   $3 timestamptz[]  to, exclusive
--   $4 timestamptz    the earliest from
--   $5 timestamptz    the latest to
select k.time_log_id, k.row_hash as hash
  from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as u (employee_id, from_ts, to_ts)
 cross join lateral (
       select t.time_log_id, t.row_hash
         from timekeeping.time_logs as t
        where t.employee_id = u.employee_id
          and t.event_ts >= u.from_ts
          and t.event_ts < u.to_ts
          and t.event_ts >= $4
          and t.event_ts < $5
       offset 0) as k
