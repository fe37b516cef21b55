-- stray-anomalies-remove: events that are somebody's now are no longer nobody's
--   $1 text[]  employee numbers
delete from timekeeping.anomalies as a
 where a.employee_id is null
   and a.employee_ref = any ($1::text[])
   and a.code = 'UNKNOWN_EMPLOYEE'
   and a.derived
