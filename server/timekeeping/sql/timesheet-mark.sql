-- timesheet-mark: READY, or DRAFT again; gives what it is now
--   $1 uuid     timesheet
--   $2 boolean  ready
update timekeeping.timesheets as t
   set state = case when $2::boolean then 'READY' else 'DRAFT' end,
       revision = t.revision + 1,
       updated_at = now(),
       updated_by = platform.current_user_id()
 where t.timesheet_id = $1
   and t.state in ('DRAFT', 'READY')
   and t.state <> case when $2::boolean then 'READY' else 'DRAFT' end
