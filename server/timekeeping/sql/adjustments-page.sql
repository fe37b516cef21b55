-- adjustments-page: adjustments by their day
--   $1 uuid[] employees whose name or number was asked for, null: any
--   $2 text kind
--   $3 text state
--   $4 uuid employee
--   $5 date day
--   $6 date from
--   $7 date to
--   $8 text words (asked for through the employees), $9 text sort field, $10 boolean descending
--   $11 text key of the last row seen, $12 uuid its id, null: first page, $13 bigint at most so many
with page as (
  (select a.duty_date, a.adjustment_id
     from timekeeping.adjustments as a
    where not $10::boolean
      and (a.duty_date, a.adjustment_id) > (coalesce($11::text, '-infinity')::date, coalesce($12::uuid, '00000000-0000-0000-0000-000000000000'))
      and ($1::uuid[] is null or a.employee_id = any ($1))
      and ($2::text is null or a.kind = $2)
      and ($3::text is null or a.state = $3)
      and ($4::uuid is null or a.employee_id = $4)
      and ($5::date is null or a.duty_date = $5)
      and ($6::date is null or a.duty_date >= $6)
      and ($7::date is null or a.duty_date <= $7)
    order by a.duty_date, a.adjustment_id
    limit $13::bigint)
   union all
  (select a.duty_date, a.adjustment_id
     from timekeeping.adjustments as a
    where $10::boolean
      and (a.duty_date, a.adjustment_id) < (coalesce($11::text, 'infinity')::date, coalesce($12::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      and ($1::uuid[] is null or a.employee_id = any ($1))
      and ($2::text is null or a.kind = $2)
      and ($3::text is null or a.state = $3)
      and ($4::uuid is null or a.employee_id = $4)
      and ($5::date is null or a.duty_date = $5)
      and ($6::date is null or a.duty_date >= $6)
      and ($7::date is null or a.duty_date <= $7)
    order by a.duty_date desc, a.adjustment_id desc
    limit $13::bigint))
select a.adjustment_id, a.kind, a.state, a.employee_id, a.duty_date, a.time_log_id, a.ts, a.type, a.detachment_id, a.paid, a.minutes, a.reason,
       a.change_request_id, a.created_at, a.created_by
  from page as p
  join timekeeping.adjustments as a
    on a.duty_date = p.duty_date
   and a.adjustment_id = p.adjustment_id
 where ($8::text is null or true)
   and ($9::text is null or true)
 order by case when not $10 then p.duty_date end, case when $10 then p.duty_date end desc,
          case when not $10 then p.adjustment_id end, case when $10 then p.adjustment_id end desc
