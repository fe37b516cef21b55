-- 0083  payroll: a snapshot finds its head
--
-- Why    the reference is followed backwards when a snapshot is looked at.
-- Locks  SHARE on payroll.timesheet_heads while the index is built.
create index timesheet_heads_of_snapshot on payroll.timesheet_heads (tenant_id, snapshot_id);
