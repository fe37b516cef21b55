-- timesheets-selected: the timesheets of a period that are not finalised, by employee
--   $1 date    period from
--   $2 date    period to
--   $3 uuid    detachment, null: any
--   $4 uuid[]  timesheets, null: any
select t.timesheet_id, t.employee_id
  from timekeeping.timesheets as t
 where t.period_from = $1
   and t.period_to = $2
   and ($3::uuid is null or t.detachment_id = $3)
   and ($4::uuid[] is null or t.timesheet_id = any ($4))
   and (t.state <> 'FINALIZED' or t.sealed_hash <> t.content_hash)
 order by t.employee_id, t.timesheet_id
