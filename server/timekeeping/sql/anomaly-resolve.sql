-- anomaly-resolve: a person's decision; a later one replaces it
--   $1 uuid  anomaly
--   $2 text  action
--   $3 text  reason
insert into timekeeping.anomaly_resolutions as r (tenant_id, anomaly_id, action, reason, minutes)
select a.tenant_id, a.anomaly_id, $2, $3, a.minutes
  from timekeeping.anomalies as a
 where a.anomaly_id = $1
    on conflict (tenant_id, anomaly_id) do update
   set action = excluded.action, reason = excluded.reason, minutes = excluded.minutes, created_at = now(),
       created_by = platform.current_user_id()
