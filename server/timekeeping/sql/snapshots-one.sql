-- snapshots-one: what was sealed, letter for letter; the last version
--   $1 uuid  timesheet
select s.payload, s.version
  from timekeeping.timesheet_snapshots as s
 where s.timesheet_id = $1
 order by s.version desc
 limit 1
