-- sheets-stale: timesheets of this payrun of which a newer version has come, or that were paid by another payrun meanwhile
--   $1 uuid payrun
select count(*) filter (where h.version > s.version) as newer,
       count(*) filter (where h.paid_version >= s.version) as paid
  from payroll.paysheet_sources as s
  join payroll.paysheets as p on p.tenant_id = s.tenant_id and p.paysheet_id = s.paysheet_id
  join payroll.timesheet_heads as h on h.tenant_id = s.tenant_id and h.timesheet_id = s.timesheet_id
 where s.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and p.state <> 'LEFT_OUT';
