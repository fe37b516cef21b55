-- clock-events-page: clock events by their time
--   $1 uuid[] employees whose name or number was asked for, null: any
--   $2 timestamptz from
--   $3 timestamptz to, exclusive
--   $4 text type
--   $5 text employee number as sent
--   $6 uuid employee
--   $7 uuid detachment
--   $8 uuid device
--   $9 text words (asked for through the employees), $10 text sort field, $11 boolean descending
--   $12 text key of the last row seen, $13 uuid its id, null: first page, $14 bigint at most so many
with page as (
  (select e.event_ts, e.clock_event_id
     from timekeeping.clock_events as e
    where not $11::boolean
      and (e.event_ts, e.clock_event_id) > (coalesce($12::text, '-infinity')::timestamptz, coalesce($13::uuid, '00000000-0000-0000-0000-000000000000'))
      and ($1::uuid[] is null or e.employee_id = any ($1))
      and ($2::timestamptz is null or e.event_ts >= $2)
      and ($3::timestamptz is null or e.event_ts < $3)
      and ($4::text is null or e.type = $4)
      and ($5::text is null or e.employee_ref = $5)
      and ($6::uuid is null or e.employee_id = $6)
      and ($7::uuid is null or e.detachment_id = $7)
      and ($8::uuid is null or e.device_id = $8)
    order by e.event_ts, e.clock_event_id
    limit $14::bigint)
   union all
  (select e.event_ts, e.clock_event_id
     from timekeeping.clock_events as e
    where $11::boolean
      and (e.event_ts, e.clock_event_id) < (coalesce($12::text, 'infinity')::timestamptz, coalesce($13::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      and ($1::uuid[] is null or e.employee_id = any ($1))
      and ($2::timestamptz is null or e.event_ts >= $2)
      and ($3::timestamptz is null or e.event_ts < $3)
      and ($4::text is null or e.type = $4)
      and ($5::text is null or e.employee_ref = $5)
      and ($6::uuid is null or e.employee_id = $6)
      and ($7::uuid is null or e.detachment_id = $7)
      and ($8::uuid is null or e.device_id = $8)
    order by e.event_ts desc, e.clock_event_id desc
    limit $14::bigint))
select e.clock_event_id, e.event_ts as ts, e.type, e.employee_ref as employee_no, e.employee_id, e.detachment_id, e.device_id, e.event_id,
       e.seq, e.payload, e.received_at, e.clock_offset_seconds
  from page as p
  join timekeeping.clock_events as e
    on e.event_ts = p.event_ts
   and e.clock_event_id = p.clock_event_id
 where ($9::text is null or true)
   and ($10::text is null or true)
 order by case when not $11 then p.event_ts end, case when $11 then p.event_ts end desc,
          case when not $11 then p.clock_event_id end, case when $11 then p.clock_event_id end desc
