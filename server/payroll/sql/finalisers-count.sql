-- finalisers-count: how many timesheets of this payrun a person finalised himself
--   $1 uuid payrun, $2 uuid person
select count(*) as own
  from payroll.paysheet_sources as s
  join payroll.paysheets as p on p.tenant_id = s.tenant_id and p.paysheet_id = s.paysheet_id
  join payroll.snapshots as n on n.tenant_id = s.tenant_id and n.snapshot_id = s.snapshot_id
 where s.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and n.finalized_by = $2::uuid;
