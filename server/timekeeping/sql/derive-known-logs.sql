-- derive-known-logs: which time logs stand, and what they hold
--   $1 uuid[]         employees
--   $2 timestamptz[]  from
--   $3 timestamptz[]  to, exclusive
--   $4 timestamptz    the earliest from
--   $5 timestamptz    the latest to
-- Compared as a pair: only the index that begins with the employee can serve it, whatever the planner knows of a young table.
select k.time_log_id, k.row_hash as hash
  from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as u (employee_id, from_ts, to_ts)
 cross join lateral (
       select t.time_log_id, t.row_hash
         from timekeeping.time_logs as t
        where (t.employee_id, t.event_ts) >= (u.employee_id, u.from_ts)
          and (t.employee_id, t.event_ts) < (u.employee_id, u.to_ts)
       offset 0) as k
 where $4::timestamptz < $5::timestamptz
