-- heads-upsert: the last version of each timesheet that came
--   $1 uuid[]  timesheets
insert into payroll.timesheet_heads as h (tenant_id, timesheet_id, snapshot_id, version, employee_id, period_from, period_to)
select distinct on (s.timesheet_id) s.tenant_id, s.timesheet_id, s.snapshot_id, s.version, s.employee_id, s.period_from, s.period_to
  from payroll.snapshots as s
 where s.tenant_id = platform.current_tenant_id()
   and s.timesheet_id = any ($1::uuid[])
 order by s.timesheet_id, s.version desc
on conflict (tenant_id, timesheet_id) do update
   set snapshot_id = excluded.snapshot_id,
       version = excluded.version,
       updated_at = now()
 where excluded.version > h.version;
