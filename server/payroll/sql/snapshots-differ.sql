-- snapshots-differ: versions that stand with another seal than was sent
--   $1 uuid[] timesheets, $2 bigint[] versions, $3 bytea[] seals
select s.timesheet_id, s.version
  from unnest($1::uuid[], $2::bigint[], $3::bytea[]) as n (timesheet, version, seal)
  join payroll.snapshots as s on s.timesheet_id = n.timesheet and s.version = n.version
 where s.tenant_id = platform.current_tenant_id()
   and s.sha256 <> n.seal;
