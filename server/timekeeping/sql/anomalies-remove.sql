-- anomalies-remove: what is no longer so
--   $1 uuid[]  anomalies
delete from timekeeping.anomalies as a
 where a.anomaly_id = any ($1::uuid[])
