-- derive-adjustments: what was approved for these employees near these days, once each
--   $1 uuid[]  employees
--   $2 date[]  from
--   $3 date[]  to
select distinct a.adjustment_id, a.employee_id, a.duty_date, a.kind, a.time_log_id, a.event_ts, a.ts, a.type, a.detachment_id,
       a.paid, a.minutes::bigint as minutes
  from unnest($1::uuid[], $2::date[], $3::date[]) as u (employee_id, from_date, to_date)
  join timekeeping.adjustments as a
    on a.employee_id = u.employee_id
   and a.duty_date between u.from_date and u.to_date
 where a.state = 'APPROVED'
 order by a.adjustment_id
