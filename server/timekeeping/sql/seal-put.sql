-- seal-put: snapshots of timesheets, sealed
--   $1 uuid[] timesheets, $2 bigint[] versions, $3 text[] sealed JSON, $4 text[] checksums
with sealed as (
  update timekeeping.timesheets as t
     set state = 'FINALIZED', sealed_hash = t.content_hash, sha256 = u.sha256, finalized_by = platform.current_user_id(), finalized_at = now(),
         revision = t.revision + 1, updated_at = now(), updated_by = platform.current_user_id()
    from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[]) as u (timesheet_id, version, payload, sha256)
   where t.timesheet_id = u.timesheet_id
     and t.version = u.version
     and t.state <> 'FINALIZED'
  returning t.timesheet_id, t.version, t.employee_id, t.detachment_id, t.period_from, t.period_to, t.content_hash, u.sha256, u.payload)
insert into timekeeping.timesheet_snapshots (tenant_id, timesheet_id, version, employee_id, detachment_id, period_from, period_to, sealed_hash,
       sha256, payload)
select platform.current_tenant_id(), s.timesheet_id, s.version, s.employee_id, s.detachment_id, s.period_from, s.period_to, s.content_hash,
       s.sha256, s.payload
  from sealed as s
