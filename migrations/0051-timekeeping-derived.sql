-- 0051  timekeeping: what is derived from clock events
--
-- Why    time logs, DTR lines, anomalies and the totals of timesheets can be made again at any time from clock events, plans,
--        holidays, policies and approved adjustments; so they carry no audit copy. What people decide stands apart, in tables
--        of its own, and no recomputation loses it. row_hash says what a row holds: only rows that differ are written.
-- Locks  none: all new.
create table timekeeping.time_logs (
  tenant_id uuid not null,
  time_log_id uuid not null,
  event_ts timestamptz not null,
  device_id uuid not null,
  event_id uuid not null,
  employee_id uuid,
  detachment_id uuid,
  duty_detachment_id uuid,
  shift_id uuid,
  position_id uuid,
  assignment_id uuid,
  relief_id uuid,
  adjustment_id uuid,
  adjusted_ts timestamptz,
  row_hash bigint not null,
  duty_date date,
  type text not null,
  status text not null check (status in ('VALID', 'INVALID', 'DUPLICATE', 'UNMATCHED', 'ADJUSTED')),
  adjusted_type text,
  codes text[] not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, time_log_id, event_ts)
) partition by range (event_ts);
comment on table timekeeping.time_logs is 'Clock events with what they mean: one for each, under the same key.';
comment on column timekeeping.time_logs.detachment_id is 'Where it was pressed.';
comment on column timekeeping.time_logs.duty_detachment_id is 'The site of the duty that it belongs to.';
create index time_logs_of_employee on timekeeping.time_logs (tenant_id, employee_id, event_ts);
create index time_logs_by_time on timekeeping.time_logs (tenant_id, event_ts, time_log_id);
select platform.guard_table('timekeeping.time_logs', 'derived', 'detachment_id');
select platform.partition_by_month('timekeeping.time_logs', 'event_ts');

create table timekeeping.dtr_lines (
  tenant_id uuid not null,
  employee_id uuid not null,
  duty_date date not null,
  detachment_id uuid not null,
  shift_id uuid not null,
  position_id uuid not null,
  relief_id uuid not null default '00000000-0000-0000-0000-000000000000',
  dtr_line_id uuid not null,
  assignment_id uuid,
  starts_at timestamptz,
  ends_at timestamptz,
  in_at timestamptz,
  out_at timestamptz,
  row_hash bigint not null,
  scheduled_minutes integer not null check (scheduled_minutes >= 0),
  worked_minutes integer not null check (worked_minutes >= 0),
  regular_minutes integer not null,
  overtime_minutes integer not null,
  night_minutes integer not null,
  late_minutes integer not null check (late_minutes >= 0),
  undertime_minutes integer not null check (undertime_minutes >= 0),
  absent_minutes integer not null check (absent_minutes >= 0),
  leave_paid_minutes integer not null,
  leave_unpaid_minutes integer not null,
  break_minutes integer not null,
  holiday_unworked_minutes integer not null,
  rest_day boolean not null,
  state text not null check (state in ('OPEN', 'COMPLETE', 'ABSENT', 'LEAVE', 'HOLIDAY')),
  cells jsonb not null,
  codes text[] not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, employee_id, duty_date, detachment_id, shift_id, position_id, relief_id),
  check (regular_minutes + overtime_minutes = worked_minutes)
);
comment on table timekeeping.dtr_lines is 'The daily time record: one line for each duty that was worked, missed or excused, and each unworked holiday that is paid.';
comment on column timekeeping.dtr_lines.relief_id is 'The relief duty; all zeros: his own post.';
comment on column timekeeping.dtr_lines.cells is 'Minutes by {day type}[_rest][_ot][_nd], and the unworked holidays''.';
create index dtr_lines_by_date on timekeeping.dtr_lines (tenant_id, duty_date, dtr_line_id);
select platform.guard_table('timekeeping.dtr_lines', 'derived', 'detachment_id');

create table timekeeping.anomalies (
  tenant_id uuid not null,
  anomaly_id uuid not null,
  employee_id uuid,
  duty_date date not null,
  time_log_id uuid,
  detachment_id uuid,
  shift_id uuid,
  position_id uuid,
  minutes integer not null default 0,
  code text not null,
  severity text not null check (severity in ('info', 'warning', 'blocking')),
  employee_ref text,
  derived boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, anomaly_id)
);
comment on table timekeeping.anomalies is 'What is odd about a time log or a DTR line. The key is made from what it is about, so that a decision finds it again.';
comment on column timekeeping.anomalies.derived is 'False: of a quarantined event, found when it came; recomputation leaves it alone.';
create index anomalies_of_employee on timekeeping.anomalies (tenant_id, employee_id, duty_date);
create index anomalies_by_date on timekeeping.anomalies (tenant_id, duty_date, anomaly_id);
select platform.guard_table('timekeeping.anomalies', 'derived', 'detachment_id');

create table timekeeping.timesheets (
  tenant_id uuid not null,
  timesheet_id uuid not null,
  employee_id uuid not null,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  detachment_id uuid not null,
  shift_id uuid not null,
  position_id uuid not null,
  version bigint not null default 1,
  revision bigint not null default 1,
  content_hash bigint not null,
  sealed_hash bigint,
  state text not null default 'DRAFT' check (state in ('DRAFT', 'READY', 'FINALIZED')),
  days integer not null,
  open_days integer not null,
  scheduled_minutes integer not null,
  worked_minutes integer not null,
  regular_minutes integer not null,
  overtime_minutes integer not null,
  night_minutes integer not null,
  late_minutes integer not null,
  undertime_minutes integer not null,
  absent_minutes integer not null,
  leave_paid_minutes integer not null,
  leave_unpaid_minutes integer not null,
  break_minutes integer not null,
  holiday_unworked_minutes integer not null,
  sha256 text,
  finalized_by uuid,
  finalized_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, timesheet_id),
  unique (tenant_id, employee_id, period_from, detachment_id, shift_id, position_id),
  check ((state = 'FINALIZED') = (sealed_hash is not null))
) with (fillfactor = 80);
comment on table timekeeping.timesheets is 'The sum of an employee''s DTR lines in a pay period at one detachment, shift and position. State and version tell what its snapshots and reopenings record.';
comment on column timekeeping.timesheets.version is 'Rises when it is opened again after it was finalised.';
comment on column timekeeping.timesheets.revision is 'Rises when its contents or state change: the ETag.';
comment on column timekeeping.timesheets.content_hash is 'Of all its lines, in any order.';
comment on column timekeeping.timesheets.sealed_hash is 'The contents that were finalised: where content_hash differs, late events have changed the days since.';
create index timesheets_by_period on timekeeping.timesheets (tenant_id, period_from, timesheet_id);
select platform.guard_table('timekeeping.timesheets', 'derived', 'detachment_id');

create table timekeeping.sweeps (
  tenant_id uuid not null,
  swept_through date not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id)
);
comment on table timekeeping.sweeps is 'Through which day absence is told: stored, so that what is derived never hangs on the clock.';
select platform.guard_table('timekeeping.sweeps', 'row');
