-- anomalies-page: anomalies by their day
--   $1 uuid[] employees whose name or number was asked for, null: any
--   $2 date day
--   $3 text code
--   $4 text severity
--   $5 text state
--   $6 uuid employee
--   $7 uuid detachment
--   $8 date from
--   $9 date to
--   $10 text words (asked for through the employees), $11 text sort field, $12 boolean descending
--   $13 text key of the last row seen, $14 uuid its id, null: first page, $15 bigint at most so many
with page as (
  (select a.duty_date, a.anomaly_id
     from timekeeping.anomalies as a
    where not $12::boolean
      and (a.duty_date, a.anomaly_id) > (coalesce($13::text, '-infinity')::date, coalesce($14::uuid, '00000000-0000-0000-0000-000000000000'))
      and ($1::uuid[] is null or a.employee_id = any ($1))
      and ($2::date is null or a.duty_date = $2)
      and ($3::text is null or a.code = $3)
      and ($4::text is null or a.severity = $4)
      and ($5::text is null
           or ($5 = 'settled') = exists (select from timekeeping.anomaly_resolutions as s where s.anomaly_id = a.anomaly_id and s.minutes = a.minutes))
      and ($6::uuid is null or a.employee_id = $6)
      and ($7::uuid is null or a.detachment_id = $7)
      and ($8::date is null or a.duty_date >= $8)
      and ($9::date is null or a.duty_date <= $9)
    order by a.duty_date, a.anomaly_id
    limit $15::bigint)
   union all
  (select a.duty_date, a.anomaly_id
     from timekeeping.anomalies as a
    where $12::boolean
      and (a.duty_date, a.anomaly_id) < (coalesce($13::text, 'infinity')::date, coalesce($14::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      and ($1::uuid[] is null or a.employee_id = any ($1))
      and ($2::date is null or a.duty_date = $2)
      and ($3::text is null or a.code = $3)
      and ($4::text is null or a.severity = $4)
      and ($5::text is null
           or ($5 = 'settled') = exists (select from timekeeping.anomaly_resolutions as s where s.anomaly_id = a.anomaly_id and s.minutes = a.minutes))
      and ($6::uuid is null or a.employee_id = $6)
      and ($7::uuid is null or a.detachment_id = $7)
      and ($8::date is null or a.duty_date >= $8)
      and ($9::date is null or a.duty_date <= $9)
    order by a.duty_date desc, a.anomaly_id desc
    limit $15::bigint))
select a.anomaly_id, a.duty_date, a.code, a.severity, case when r.anomaly_id is null or r.minutes <> a.minutes then 'open' else 'settled' end as state,
       a.employee_id, a.detachment_id, a.shift_id, a.time_log_id, a.minutes, a.employee_ref, a.created_at as found_at, r.action, r.reason,
       r.created_by as resolved_by, r.created_at as resolved_at
  from page as p
  join timekeeping.anomalies as a
    on a.duty_date = p.duty_date
   and a.anomaly_id = p.anomaly_id
  left join timekeeping.anomaly_resolutions as r
    on r.anomaly_id = a.anomaly_id
 where ($10::text is null or true)
   and ($11::text is null or true)
 order by case when not $12 then p.duty_date end, case when $12 then p.duty_date end desc,
          case when not $12 then p.anomaly_id end, case when $12 then p.anomaly_id end desc
