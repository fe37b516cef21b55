-- timesheets-page: timesheets by their period
--   $1 uuid[] employees whose name or number was asked for, null: any
--   $2 boolean only those with open anomalies, that is what their column counts
--   $3 date period from
--   $4 date period to
--   $5 uuid employee
--   $6 uuid detachment
--   $7 uuid shift
--   $8 uuid position
--   $9 text state
--   $10 text words (asked for through the employees), $11 text sort field, $12 boolean descending
--   $13 text key of the last row seen, $14 uuid its id, null: first page, $15 bigint at most so many
with page as (
  (select t.period_from, t.timesheet_id
     from timekeeping.timesheets as t
    where not $12::boolean
      and (t.period_from, t.timesheet_id) > (coalesce($13::text, '-infinity')::date, coalesce($14::uuid, '00000000-0000-0000-0000-000000000000'))
      and ($1::uuid[] is null or t.employee_id = any ($1))
      and (not coalesce($2::boolean, false) or exists (
           select
             from timekeeping.anomalies as a
            where a.employee_id = t.employee_id
              and a.duty_date between t.period_from and t.period_to
              and a.severity <> 'info'
              and not exists (select from timekeeping.anomaly_resolutions as r where r.anomaly_id = a.anomaly_id and r.minutes = a.minutes)))
      and ($3::date is null or t.period_from = $3)
      and ($4::date is null or t.period_to = $4)
      and ($5::uuid is null or t.employee_id = $5)
      and ($6::uuid is null or t.detachment_id = $6)
      and ($7::uuid is null or t.shift_id = $7)
      and ($8::uuid is null or t.position_id = $8)
      and ($9::text is null or t.state = $9)
    order by t.period_from, t.timesheet_id
    limit $15::bigint)
   union all
  (select t.period_from, t.timesheet_id
     from timekeeping.timesheets as t
    where $12::boolean
      and (t.period_from, t.timesheet_id) < (coalesce($13::text, 'infinity')::date, coalesce($14::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      and ($1::uuid[] is null or t.employee_id = any ($1))
      and (not coalesce($2::boolean, false) or exists (
           select
             from timekeeping.anomalies as a
            where a.employee_id = t.employee_id
              and a.duty_date between t.period_from and t.period_to
              and a.severity <> 'info'
              and not exists (select from timekeeping.anomaly_resolutions as r where r.anomaly_id = a.anomaly_id and r.minutes = a.minutes)))
      and ($3::date is null or t.period_from = $3)
      and ($4::date is null or t.period_to = $4)
      and ($5::uuid is null or t.employee_id = $5)
      and ($6::uuid is null or t.detachment_id = $6)
      and ($7::uuid is null or t.shift_id = $7)
      and ($8::uuid is null or t.position_id = $8)
      and ($9::text is null or t.state = $9)
    order by t.period_from desc, t.timesheet_id desc
    limit $15::bigint))
select t.timesheet_id, t.state, t.version, t.revision, t.period_from, t.period_to, t.employee_id, t.detachment_id, t.shift_id, t.position_id, t.days,
       t.scheduled_minutes, t.worked_minutes, t.regular_minutes, t.overtime_minutes, t.night_minutes, t.late_minutes, t.undertime_minutes,
       t.absent_minutes, t.leave_paid_minutes, t.leave_unpaid_minutes, t.break_minutes, t.holiday_unworked_minutes, o.anomalies, o.blocking,
       t.state = 'FINALIZED' and t.sealed_hash <> t.content_hash as changed_since, t.sha256, t.finalized_by, t.finalized_at
  from page as p
  join timekeeping.timesheets as t
    on t.period_from = p.period_from
   and t.timesheet_id = p.timesheet_id
 cross join lateral (
       select count(*) filter (where a.severity <> 'info') as anomalies, count(*) filter (where a.severity = 'blocking') as blocking
         from timekeeping.anomalies as a
        where a.employee_id = t.employee_id
          and a.duty_date between t.period_from and t.period_to
          and not exists (select from timekeeping.anomaly_resolutions as r where r.anomaly_id = a.anomaly_id and r.minutes = a.minutes)) as o
 where ($10::text is null or true)
   and ($11::text is null or true)
 order by case when not $12 then p.period_from end, case when $12 then p.period_from end desc,
          case when not $12 then p.timesheet_id end, case when $12 then p.timesheet_id end desc
