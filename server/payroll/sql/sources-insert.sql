-- sources-insert: which version of which timesheet paysheets were computed from
--   $1 uuid[] paysheets, $2 uuid[] timesheets, $3 uuid[] snapshots, $4 bigint[] versions, $5 text[] roles
insert into payroll.paysheet_sources (tenant_id, paysheet_id, timesheet_id, snapshot_id, version, role)
select (select platform.current_tenant_id()), s.*
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[]) as s (paysheet, timesheet, snapshot, version, role);
