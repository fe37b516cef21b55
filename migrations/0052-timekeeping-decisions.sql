-- 0052  timekeeping: what people decide
--
-- Why    resolutions, adjustments, finalised snapshots and reopenings are not derived from anything: recomputation reads them
--        and never writes them.
-- Locks  none: all new.
create table timekeeping.anomaly_resolutions (
  tenant_id uuid not null,
  anomaly_id uuid not null,
  action text not null check (action in ('adjust', 'accept', 'ignore')),
  reason text not null check (length(reason) >= 3),
  minutes integer not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, anomaly_id)
);
comment on table timekeeping.anomaly_resolutions is 'What a person decided about an anomaly, by its key: kept when the anomaly goes and comes again.';
comment on column timekeeping.anomaly_resolutions.minutes is 'How much it was about: when that changes, the anomaly is open again.';
select platform.guard_table('timekeeping.anomaly_resolutions', 'row');

create table timekeeping.adjustments (
  tenant_id uuid not null,
  adjustment_id uuid not null,
  employee_id uuid not null,
  duty_date date not null,
  kind text not null check (kind in ('correct', 'void', 'add', 'leave')),
  state text not null default 'REQUESTED' check (state in ('REQUESTED', 'APPROVED', 'REJECTED')),
  time_log_id uuid,
  event_ts timestamptz,
  ts timestamptz,
  type text check (type in ('IN', 'OUT', 'BREAK_START', 'BREAK_END')),
  detachment_id uuid,
  paid boolean not null default false,
  minutes integer not null default 0 check (minutes between 0 and 1440),
  reason text not null,
  change_request_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, adjustment_id),
  check ((kind in ('correct', 'void')) = (time_log_id is not null and event_ts is not null)),
  check (kind <> 'correct' or ts is null or ts between event_ts - interval '1 day' and event_ts + interval '1 day'),
  check (kind <> 'add' or (ts is not null and type is not null)),
  check (kind <> 'correct' or ts is not null or type is not null or detachment_id is not null)
);
comment on table timekeeping.adjustments is 'Changes to what counts, asked for and approved. The clock event stays as it was sent; the recomputation reads those that are APPROVED.';
create index adjustments_of_employee on timekeeping.adjustments (tenant_id, employee_id, duty_date);
create index adjustments_by_date on timekeeping.adjustments (tenant_id, duty_date, adjustment_id);
create unique index adjustments_one_open on timekeeping.adjustments (tenant_id, time_log_id) where time_log_id is not null and state <> 'REJECTED';
select platform.guard_table('timekeeping.adjustments', 'row');

create table timekeeping.timesheet_snapshots (
  tenant_id uuid not null,
  timesheet_id uuid not null,
  version bigint not null,
  employee_id uuid not null,
  detachment_id uuid not null,
  period_from date not null,
  period_to date not null,
  sealed_hash bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  payload text not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, timesheet_id, version)
);
comment on table timekeeping.timesheet_snapshots is 'Finalised timesheets, sealed: who and when are created_by and created_at.';
comment on column timekeeping.timesheet_snapshots.payload is 'Canonical JSON, letter for letter as it was sealed and sent to payroll.';
select platform.guard_table('timekeeping.timesheet_snapshots', 'append_only', 'detachment_id');

create table timekeeping.timesheet_reopenings (
  tenant_id uuid not null,
  timesheet_id uuid not null,
  version bigint not null,
  detachment_id uuid not null,
  reason text not null check (length(reason) >= 3),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, timesheet_id, version)
);
comment on table timekeeping.timesheet_reopenings is 'Who opened a finalised timesheet again, and why; version is the one that began with it.';
select platform.guard_table('timekeeping.timesheet_reopenings', 'append_only', 'detachment_id');

select platform.make_outbox('timekeeping');
