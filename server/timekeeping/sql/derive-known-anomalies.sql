-- derive-known-anomalies: which anomalies stand on these days, and how much they are about
--   $1 uuid[]  employees
--   $2 date[]  from
--   $3 date[]  to
select k.anomaly_id, k.minutes as hash, k.employee_id, k.duty_date, k.detachment_id, k.shift_id, k.position_id
  from unnest($1::uuid[], $2::date[], $3::date[]) as u (employee_id, from_date, to_date)
 cross join lateral (
       select a.anomaly_id, a.minutes, a.employee_id, a.duty_date, a.detachment_id, a.shift_id, a.position_id
         from timekeeping.anomalies as a
        where a.employee_id = u.employee_id
          and a.duty_date between u.from_date and u.to_date
          and a.derived
       offset 0) as k
