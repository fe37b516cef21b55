-- close-heads: the versions that this payrun pays are paid
--   $1 uuid payrun
update payroll.timesheet_heads as h
   set paid_version = s.version, updated_at = now()
  from payroll.paysheet_sources as s
  join payroll.paysheets as p on p.tenant_id = s.tenant_id and p.paysheet_id = s.paysheet_id
 where h.tenant_id = platform.current_tenant_id()
   and h.timesheet_id = s.timesheet_id
   and s.tenant_id = h.tenant_id
   and p.payrun_id = $1::uuid
   and p.state <> 'LEFT_OUT'
   and h.paid_version < s.version;
