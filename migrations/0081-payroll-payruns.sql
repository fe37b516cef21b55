-- 0081  payroll: payruns, paysheets and their lines
--
-- Why    a paysheet is computed from sealed inputs and can be computed again: figures are derived rows, decisions about them are
--        append-only, and the state of the payrun is audited.
-- Shape  lines are written and removed with their paysheet, twenty at a time and thousands a second; they carry no foreign key,
--        and armmsctl verify counts them against their paysheet's totals. Traces of one paysheet stand in one row, compressed together.
-- Locks  none: all new.

create table payroll.payruns (
  tenant_id uuid not null,
  payrun_id uuid not null,
  pay_period_id uuid not null,
  kind text not null check (kind in ('regular', 'off_cycle')),
  title text not null check (length(title) between 1 and 120),
  state text not null default 'OPEN'
    check (state in ('OPEN', 'CALCULATED', 'SUBMITTED', 'VERIFIED', 'APPROVED', 'CLOSED', 'REJECTED', 'CANCELLED')),
  calculation_no integer not null default 0,
  job_id uuid,
  change_id uuid,
  paysheets integer not null default 0,
  errors integer not null default 0,
  warnings integer not null default 0,
  rejected integer not null default 0,
  gross_centavos bigint not null default 0,
  statutory_centavos bigint not null default 0,
  tax_centavos bigint not null default 0,
  obligations_centavos bigint not null default 0,
  net_centavos bigint not null default 0,
  deferred_centavos bigint not null default 0,
  waived_centavos bigint not null default 0,
  employer_centavos bigint not null default 0,
  receivable_centavos bigint not null default 0,
  thirteenth_month_centavos bigint not null default 0,
  calculated_at timestamptz,
  submitted_by uuid,
  submitted_at timestamptz,
  verified_by uuid,
  verified_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  reason text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, payrun_id),
  foreign key (tenant_id, pay_period_id) references payroll.pay_periods
);
create unique index payruns_one_regular on payroll.payruns (tenant_id, pay_period_id) where kind = 'regular' and state <> 'CANCELLED';
create unique index payruns_one_off_cycle on payroll.payruns (tenant_id) where kind = 'off_cycle' and state not in ('CLOSED', 'CANCELLED');
comment on table payroll.payruns is 'The processing of one pay period, or of what came late: its state, and the totals of its paysheets.';
comment on column payroll.payruns.calculation_no is 'How often it was calculated.';
comment on column payroll.payruns.job_id is 'The calculation that runs now; null: none does.';
select platform.guard_table('payroll.payruns', 'state');

create table payroll.payrun_chunks (
  tenant_id uuid not null,
  payrun_id uuid not null,
  chunk_no integer not null,
  first_employee_id uuid not null,
  last_employee_id uuid not null,
  employees integer not null,
  calculation_no integer not null,
  input_sha256 bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, payrun_id, chunk_no),
  foreign key (tenant_id, payrun_id) references payroll.payruns
);
comment on table payroll.payrun_chunks is
  'Parts of a calculation that are done: a calculation that was interrupted goes on after them, one with equal inputs leaves them as they are.';
comment on column payroll.payrun_chunks.input_sha256 is 'Of everything the part was computed from: snapshots, rates, tables, schedules, facts and the version of the rules.';
select platform.guard_table('payroll.payrun_chunks', 'derived');

create table payroll.paysheets (
  tenant_id uuid not null,
  paysheet_id uuid not null,
  payrun_id uuid not null,
  employee_id uuid not null,
  employee_no text not null,
  employee_name text not null,
  period_from date not null,
  period_to date not null,
  pay_date date not null,
  detachment_id uuid,
  detachment_code text,
  detachment_name text,
  position_code text,
  position_name text,
  state text not null check (state in ('COMPUTED', 'ERROR', 'REJECTED', 'APPROVED', 'CLOSED', 'LEFT_OUT')),
  lines smallint not null,
  worked_minutes integer not null,
  gross_centavos bigint not null,
  basic_centavos bigint not null,
  allowances_centavos bigint not null,
  adjustments_centavos bigint not null,
  untouchable_centavos bigint not null,
  taxable_centavos bigint not null,
  regular_centavos bigint not null,
  supplementary_centavos bigint not null,
  exempt_centavos bigint not null,
  pool_centavos bigint not null,
  sss_centavos bigint not null,
  philhealth_centavos bigint not null,
  hdmf_centavos bigint not null,
  tax_centavos bigint not null,
  obligations_centavos bigint not null,
  deductions_centavos bigint not null,
  net_centavos bigint not null,
  net_floor_centavos bigint not null,
  deferred_centavos bigint not null,
  waived_centavos bigint not null,
  receivable_centavos bigint not null,
  tax_short_centavos bigint not null,
  employer_centavos bigint not null,
  thirteenth_month_centavos bigint not null,
  previous_net_centavos bigint not null,
  tax_method text,
  minimum_wage_earner boolean not null,
  floor_missed boolean not null,
  statutory bigint[] not null default '{}',
  de_minimis jsonb,
  problems text[] not null default '{}',
  warnings text[] not null default '{}',
  reason text,
  content_sha256 bytea not null,
  calculation_no integer not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, paysheet_id),
  unique (tenant_id, payrun_id, employee_id),
  foreign key (tenant_id, payrun_id) references payroll.payruns,
  check (net_centavos = gross_centavos + untouchable_centavos - deductions_centavos),
  check (deductions_centavos = sss_centavos + philhealth_centavos + hdmf_centavos + tax_centavos + obligations_centavos)
) with (fillfactor = 80);
create index paysheets_by_employee on payroll.paysheets (tenant_id, employee_id, period_to);
comment on table payroll.paysheets is 'One employee in one payrun: what its lines add up to.';
comment on column payroll.paysheets.basic_centavos is 'Basic pay among the earnings: the base of the 13th month.';
comment on column payroll.paysheets.untouchable_centavos is 'Reimbursements: paid out whatever happens, outside gross and floor.';
comment on column payroll.paysheets.pool_centavos is '13th month and other benefits of this payrun, counted against the yearly ceiling that is free of tax.';
comment on column payroll.paysheets.statutory is
  'Of SSS, PhilHealth, HDMF eight numbers each, in centavos: employee due, employer due, employee MPF, employer MPF, employer EC, taken, recovered of earlier months, base. The next payrun of the month subtracts them.';
comment on column payroll.paysheets.de_minimis is 'What small benefits paid in this payrun, by kind, in centavos.';
comment on column payroll.paysheets.content_sha256 is 'Of figures, lines and traces: equal content is not written again, and the payslip is sealed by it.';
select platform.guard_table('payroll.paysheets', 'derived', 'detachment_id');

create table payroll.paysheet_lines (
  tenant_id uuid not null,
  paysheet_id uuid not null,
  period_to date not null,
  line_no smallint not null,
  kind text not null check (kind in ('earning', 'adjustment', 'benefit', 'statutory', 'tax', 'obligation', 'employer', 'accrual', 'net')),
  code text not null,
  title text,
  pay_class text,
  minutes integer,
  rate_centavos bigint,
  rate_minutes bigint,
  multiplier bigint,
  due_centavos bigint,
  waived_centavos bigint,
  deferred_centavos bigint,
  amount_centavos bigint not null,
  basic_centavos bigint,
  source_id uuid,
  detachment_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, paysheet_id, line_no, period_to)
) partition by range (period_to);
comment on table payroll.paysheet_lines is
  'What a paysheet is made of. earning, adjustment and benefit are added; statutory, tax and obligation are taken; employer and accrual stand beside it.';
comment on column payroll.paysheet_lines.title is 'Where the code does not say it: the name of a loan, of an allowance.';
comment on column payroll.paysheet_lines.multiplier is 'Millionths: 1.859 is 1859000.';
comment on column payroll.paysheet_lines.source_id is 'The timesheet or the instalment that it comes from.';
select platform.guard_table('payroll.paysheet_lines', 'derived');
select platform.partition_by_month('payroll.paysheet_lines', 'period_to');

create table payroll.paysheet_traces (
  tenant_id uuid not null,
  paysheet_id uuid not null,
  traces text not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, paysheet_id),
  foreign key (tenant_id, paysheet_id) references payroll.paysheets on delete cascade
);
comment on table payroll.paysheet_traces is 'Why each line is what it is: a JSON array, one object per line in their order.';
do $$
begin
  alter table payroll.paysheet_traces alter column traces set compression lz4;
exception when feature_not_supported then
  null; -- a server built without it compresses in its own way
end
$$;
select platform.guard_table('payroll.paysheet_traces', 'derived');

create table payroll.paysheet_sources (
  tenant_id uuid not null,
  paysheet_id uuid not null,
  timesheet_id uuid not null,
  snapshot_id uuid not null,
  version bigint not null,
  role text not null check (role in ('period', 'late', 'correction')),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, paysheet_id, timesheet_id),
  foreign key (tenant_id, paysheet_id) references payroll.paysheets on delete cascade
);
create index paysheet_sources_by_timesheet on payroll.paysheet_sources (tenant_id, timesheet_id);
comment on table payroll.paysheet_sources is 'Which version of which timesheet a paysheet was computed from.';
comment on column payroll.paysheet_sources.role is 'period: of this pay period; late: of an earlier one, never paid; correction: paid before in an older version.';
select platform.guard_table('payroll.paysheet_sources', 'derived');

create table payroll.decisions (
  tenant_id uuid not null,
  decision_id uuid not null,
  payrun_id uuid not null,
  paysheet_id uuid,
  line_no smallint not null default 0,
  step text not null check (step in ('submit', 'verify', 'approve', 'reject', 'close', 'cancel', 'leave_out')),
  reason text,
  decided_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, decision_id),
  foreign key (tenant_id, payrun_id) references payroll.payruns
);
create index decisions_by_payrun on payroll.decisions (tenant_id, payrun_id, paysheet_id);
comment on table payroll.decisions is 'Who decided what about a payrun, a paysheet or a line of it, and why.';
select platform.guard_table('payroll.decisions', 'append_only');
