-- derive-known-anomalies: which anomalies stand on these days, and how much they are about
--   $1 uuid[]  employees
--   $2 date[]  from
--   $3 date[]  to
-- Compared as a pair: only the index that begins with the employee can serve it, whatever the planner knows of a young table.
select k.anomaly_id, k.minutes as hash, k.employee_id, k.duty_date, k.detachment_id, k.shift_id, k.position_id
  from unnest($1::uuid[], $2::date[], $3::date[]) as u (employee_id, from_date, to_date)
 cross join lateral (
       select a.anomaly_id, a.minutes, a.employee_id, a.duty_date, a.detachment_id, a.shift_id, a.position_id
         from timekeeping.anomalies as a
        where (a.employee_id, a.duty_date) >= (u.employee_id, u.from_date)
          and (a.employee_id, a.duty_date) <= (u.employee_id, u.to_date)
          and a.derived
       offset 0) as k
