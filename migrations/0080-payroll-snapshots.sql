-- 0080  payroll: periods, and the sealed timesheets that it works from
--
-- Why    payroll never reads timekeeping's tables: what it prices is a copy that was sealed where it was made. A later version
--        of a timesheet is another snapshot; both are kept.
-- Locks  none: all new.
comment on schema payroll is 'From sealed timesheets to payslips: periods, payruns, paysheets with their lines, the pay journal.';

create table payroll.pay_periods (
  tenant_id uuid not null,
  pay_period_id uuid not null,
  kind text not null check (kind in ('semi_monthly', 'monthly', 'weekly', 'biweekly')),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  pay_date date not null,
  cut_off smallint not null check (cut_off between 0 and 2),
  state text not null default 'OPEN' check (state in ('OPEN', 'CLOSED')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, pay_period_id),
  unique (tenant_id, kind, period_from),
  exclude using gist (tenant_id with =, kind with =, daterange(period_from, period_to, '[]') with &&)
);
comment on table payroll.pay_periods is 'Pay periods of the tenant''s calendar; no two overlap.';
comment on column payroll.pay_periods.cut_off is '1 or 2 within the month; 0: the month is not cut.';
select platform.guard_table('payroll.pay_periods', 'row');

create table payroll.snapshots (
  tenant_id uuid not null,
  snapshot_id uuid not null,
  timesheet_id uuid not null,
  version bigint not null check (version > 0),
  employee_id uuid not null,
  employee_no text not null,
  period_from date not null,
  period_to date not null,
  detachment_id uuid not null,
  region text,
  city text,
  shift_id uuid not null,
  position_id uuid not null,
  duty_dates date[] not null,
  cells smallint[] not null,
  minutes smallint[] not null,
  sha256 bytea not null check (length(sha256) = 32),
  payload text not null,
  event_id uuid not null,
  finalized_by uuid,
  finalized_at timestamptz,
  received_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, snapshot_id),
  unique (tenant_id, timesheet_id, version),
  check (cardinality(duty_dates) = cardinality(cells) and cardinality(cells) = cardinality(minutes))
);
comment on table payroll.snapshots is 'Finalised timesheets as they came, sealed. Minutes only.';
comment on column payroll.snapshots.payload is 'The canonical JSON that sha256 was made of (with the seal itself left out).';
comment on column payroll.snapshots.cells is 'Side by side with duty_dates and minutes: what is priced. Numbers of server/rules/premium/cell.h.';
select platform.guard_table('payroll.snapshots', 'append_only', 'detachment_id');

-- Of each timesheet the version that came last, and the one that was paid.
create table payroll.timesheet_heads (
  tenant_id uuid not null,
  timesheet_id uuid not null,
  snapshot_id uuid not null,
  version bigint not null,
  employee_id uuid not null,
  period_from date not null,
  period_to date not null,
  paid_version bigint not null default 0 check (paid_version <= version),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, timesheet_id),
  foreign key (tenant_id, snapshot_id) references payroll.snapshots
);
create index timesheet_heads_due on payroll.timesheet_heads (tenant_id, employee_id, period_from) where version > paid_version;
create index timesheet_heads_by_period on payroll.timesheet_heads (tenant_id, period_from);
comment on table payroll.timesheet_heads is 'Of each timesheet the version that came last, and the one that closed payruns have paid.';
comment on column payroll.timesheet_heads.paid_version is '0: none: then all of it is due; else what is worth more or less than that version.';
select platform.guard_table('payroll.timesheet_heads', 'derived');

select platform.make_outbox('payroll');
