-- timesheet-reopen: a finalised one begins its next version; gives nothing when it was not finalised
--   $1 uuid  timesheet
--   $2 text  reason
with opened as (
  update timekeeping.timesheets as t
     set state = 'DRAFT', version = t.version + 1, revision = t.revision + 1, sealed_hash = null, sha256 = null, finalized_by = null,
         finalized_at = null, updated_at = now(), updated_by = platform.current_user_id()
   where t.timesheet_id = $1
     and t.state = 'FINALIZED'
  returning t.timesheet_id, t.version, t.detachment_id)
insert into timekeeping.timesheet_reopenings (tenant_id, timesheet_id, version, detachment_id, reason)
select platform.current_tenant_id(), o.timesheet_id, o.version, o.detachment_id, $2
  from opened as o
