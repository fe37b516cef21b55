-- derive-known-anomalies-by-id
--   $1 uuid[]  anomalies
select a.anomaly_id, a.minutes as hash
  from timekeeping.anomalies as a
 where a.anomaly_id = any ($1::uuid[])
