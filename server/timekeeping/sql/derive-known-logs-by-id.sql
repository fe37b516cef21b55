-- derive-known-logs-by-id: the same for single ones
--   $1 uuid[]         time logs
--   $2 timestamptz[]  their instants
select t.time_log_id, t.row_hash as hash
  from unnest($1::uuid[], $2::timestamptz[]) as u (time_log_id, event_ts)
  join timekeeping.time_logs as t
    on t.time_log_id = u.time_log_id
   and t.event_ts = u.event_ts
