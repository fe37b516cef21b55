-- time-logs-page: time logs by their time
--   $1 uuid[] employees whose name or number was asked for, null: any
--   $2 timestamptz from
--   $3 timestamptz to, exclusive
--   $4 text type
--   $5 uuid employee
--   $6 date duty date
--   $7 uuid detachment
--   $8 uuid shift
--   $9 text status
--   $10 uuid device
--   $11 text words (asked for through the employees), $12 text sort field, $13 boolean descending
--   $14 text key of the last row seen, $15 uuid its id, null: first page, $16 bigint at most so many
with page as (
  (select t.event_ts, t.time_log_id
     from timekeeping.time_logs as t
    where not $13::boolean
      and (t.event_ts, t.time_log_id) > (coalesce($14::text, '-infinity')::timestamptz, coalesce($15::uuid, '00000000-0000-0000-0000-000000000000'))
      and ($1::uuid[] is null or t.employee_id = any ($1))
      and ($2::timestamptz is null or t.event_ts >= $2)
      and ($3::timestamptz is null or t.event_ts < $3)
      and ($4::text is null or t.type = $4)
      and ($5::uuid is null or t.employee_id = $5)
      and ($6::date is null or t.duty_date = $6)
      and ($7::uuid is null or t.detachment_id = $7)
      and ($8::uuid is null or t.shift_id = $8)
      and ($9::text is null or t.status = $9)
      and ($10::uuid is null or t.device_id = $10)
    order by t.event_ts, t.time_log_id
    limit $16::bigint)
   union all
  (select t.event_ts, t.time_log_id
     from timekeeping.time_logs as t
    where $13::boolean
      and (t.event_ts, t.time_log_id) < (coalesce($14::text, 'infinity')::timestamptz, coalesce($15::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      and ($1::uuid[] is null or t.employee_id = any ($1))
      and ($2::timestamptz is null or t.event_ts >= $2)
      and ($3::timestamptz is null or t.event_ts < $3)
      and ($4::text is null or t.type = $4)
      and ($5::uuid is null or t.employee_id = $5)
      and ($6::date is null or t.duty_date = $6)
      and ($7::uuid is null or t.detachment_id = $7)
      and ($8::uuid is null or t.shift_id = $8)
      and ($9::text is null or t.status = $9)
      and ($10::uuid is null or t.device_id = $10)
    order by t.event_ts desc, t.time_log_id desc
    limit $16::bigint))
select t.time_log_id, t.event_ts as ts, t.type, t.employee_id, t.duty_date, t.detachment_id, t.duty_detachment_id, t.shift_id, t.position_id,
       t.assignment_id, t.relief_id, t.status, t.codes, t.adjusted_ts, t.adjusted_type, t.adjustment_id, t.device_id, t.event_id
  from page as p
  join timekeeping.time_logs as t
    on t.event_ts = p.event_ts
   and t.time_log_id = p.time_log_id
 where ($11::text is null or true)
   and ($12::text is null or true)
 order by case when not $13 then p.event_ts end, case when $13 then p.event_ts end desc,
          case when not $13 then p.time_log_id end, case when $13 then p.time_log_id end desc
