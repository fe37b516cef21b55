-- dtr-page: lines of the daily time record by their day
--   $1 uuid[] employees whose name or number was asked for, null: any
--   $2 date duty date
--   $3 uuid employee
--   $4 uuid detachment
--   $5 uuid shift
--   $6 uuid position
--   $7 text state
--   $8 date from
--   $9 date to
--   $10 text words (asked for through the employees), $11 text sort field, $12 boolean descending
--   $13 text key of the last row seen, $14 uuid its id, null: first page, $15 bigint at most so many
with page as (
  (select d.duty_date, d.dtr_line_id
     from timekeeping.dtr_lines as d
    where not $12::boolean
      and (d.duty_date, d.dtr_line_id) > (coalesce($13::text, '-infinity')::date, coalesce($14::uuid, '00000000-0000-0000-0000-000000000000'))
      and ($1::uuid[] is null or d.employee_id = any ($1))
      and ($2::date is null or d.duty_date = $2)
      and ($3::uuid is null or d.employee_id = $3)
      and ($4::uuid is null or d.detachment_id = $4)
      and ($5::uuid is null or d.shift_id = $5)
      and ($6::uuid is null or d.position_id = $6)
      and ($7::text is null or d.state = $7)
      and ($8::date is null or d.duty_date >= $8)
      and ($9::date is null or d.duty_date <= $9)
    order by d.duty_date, d.dtr_line_id
    limit $15::bigint)
   union all
  (select d.duty_date, d.dtr_line_id
     from timekeeping.dtr_lines as d
    where $12::boolean
      and (d.duty_date, d.dtr_line_id) < (coalesce($13::text, 'infinity')::date, coalesce($14::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      and ($1::uuid[] is null or d.employee_id = any ($1))
      and ($2::date is null or d.duty_date = $2)
      and ($3::uuid is null or d.employee_id = $3)
      and ($4::uuid is null or d.detachment_id = $4)
      and ($5::uuid is null or d.shift_id = $5)
      and ($6::uuid is null or d.position_id = $6)
      and ($7::text is null or d.state = $7)
      and ($8::date is null or d.duty_date >= $8)
      and ($9::date is null or d.duty_date <= $9)
    order by d.duty_date desc, d.dtr_line_id desc
    limit $15::bigint))
select d.dtr_line_id, d.duty_date, d.employee_id, d.detachment_id, d.shift_id, d.position_id, d.assignment_id,
       nullif(d.relief_id, '00000000-0000-0000-0000-000000000000') as relief_id, d.state, d.starts_at, d.ends_at, d.in_at, d.out_at, d.scheduled_minutes, d.worked_minutes,
       d.regular_minutes, d.overtime_minutes, d.night_minutes, d.late_minutes, d.undertime_minutes, d.absent_minutes,
       d.leave_paid_minutes, d.leave_unpaid_minutes, d.break_minutes, d.holiday_unworked_minutes, d.rest_day, d.cells, d.codes
  from page as p
  join timekeeping.dtr_lines as d
    on d.duty_date = p.duty_date
   and d.dtr_line_id = p.dtr_line_id
 where ($10::text is null or true)
   and ($11::text is null or true)
 order by case when not $12 then p.duty_date end, case when $12 then p.duty_date end desc,
          case when not $12 then p.dtr_line_id end, case when $12 then p.dtr_line_id end desc
