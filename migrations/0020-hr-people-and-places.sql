-- 0020  hr: who works for the tenant, and where there is something to guard
--
-- Why    every other room names employees, detachments, positions and shifts by these keys.
-- Locks  none: all new.

create table hr_core.clients (
  tenant_id uuid not null default platform.current_tenant_id(),
  client_id uuid not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE')),
  contact text,
  address text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, client_id),
  unique (tenant_id, code)
);
comment on table hr_core.clients is 'Companies that buy guarding; the tenant itself for its own offices.';
select platform.guard_table('hr_core.clients', 'row');

create table hr_core.departments (
  tenant_id uuid not null default platform.current_tenant_id(),
  department_id uuid not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, department_id),
  unique (tenant_id, code)
);
comment on table hr_core.departments is 'How the organisation sorts its people.';
select platform.guard_table('hr_core.departments', 'row');

create table hr_core.detachments (
  tenant_id uuid not null default platform.current_tenant_id(),
  detachment_id uuid not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  client_id uuid not null,
  kind text not null default 'SITE' check (kind in ('SITE', 'OFFICE')),
  region text not null,
  city text,
  address text,
  meal_break text not null default 'SHIFT' check (meal_break in ('SHIFT', 'PAID', 'AUTO', 'PUNCHED')),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE')),
  opened_on date,
  closed_on date,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, detachment_id),
  unique (tenant_id, code),
  foreign key (tenant_id, client_id) references hr_core.clients (tenant_id, client_id),
  check (closed_on >= opened_on)
);
create index detachments_by_client on hr_core.detachments (tenant_id, client_id);
comment on table hr_core.detachments is 'Sites where guards stand, and offices.';
comment on column hr_core.detachments.region is 'As the wage orders write it: decides local holidays and the minimum wage.';
comment on column hr_core.detachments.meal_break is 'SHIFT: as the shift says; else what holds here in its place.';
select platform.guard_table('hr_core.detachments', 'row', 'detachment_id');

create table hr_core.positions (
  tenant_id uuid not null default platform.current_tenant_id(),
  position_id uuid not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  kind text not null default 'FIELD' check (kind in ('FIELD', 'OFFICE')),
  rank bigint check (rank between 1 and 99),
  exempt boolean not null default false,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, position_id),
  unique (tenant_id, code)
);
comment on table hr_core.positions is 'The ranks of posts; a key of the rate card.';
comment on column hr_core.positions.exempt is 'Outside of the rules of overtime, rest day, night and holiday (Labor Code art. 82).';
select platform.guard_table('hr_core.positions', 'row');

create table hr_core.shifts (
  tenant_id uuid not null default platform.current_tenant_id(),
  shift_id uuid not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  start_minute bigint not null check (start_minute between 0 and 1439),
  end_minute bigint not null check (end_minute between 1 and 2879),
  break_mode text not null default 'PAID' check (break_mode in ('PAID', 'AUTO', 'PUNCHED')),
  break_minutes bigint not null default 0 check (break_minutes between 0 and 240),
  break_start_minute bigint,
  grace_in_minutes bigint not null default 0 check (grace_in_minutes between 0 and 120),
  grace_out_minutes bigint not null default 0 check (grace_out_minutes between 0 and 120),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, shift_id),
  unique (tenant_id, code),
  check (end_minute > start_minute and end_minute - start_minute <= 1440),
  check (break_start_minute >= start_minute and break_start_minute + break_minutes <= end_minute)
);
comment on table hr_core.shifts is 'The catalogue of shifts. Times never change once made: what was worked would change with them.';
comment on column hr_core.shifts.start_minute is 'Minutes from midnight of the duty date.';
comment on column hr_core.shifts.end_minute is 'Minutes from midnight of the duty date; above 1440 on the next day.';
select platform.guard_table('hr_core.shifts', 'row');

create table hr_core.employees (
  tenant_id uuid not null default platform.current_tenant_id(),
  employee_id uuid not null,
  employee_no text not null check (employee_no <> ''),
  family_name text not null check (family_name <> ''),
  given_name text not null check (given_name <> ''),
  middle_name text,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'ON_HOLD', 'SEPARATED')),
  hired_on date not null,
  separated_on date,
  email text,
  phone text,
  sss_no_sealed bytea,
  sss_no_hash bytea,
  philhealth_no_sealed bytea,
  philhealth_no_hash bytea,
  hdmf_no_sealed bytea,
  hdmf_no_hash bytea,
  tin_sealed bytea,
  tin_hash bytea,
  bank_account_sealed bytea,
  birth_on_sealed bytea,
  address_sealed bytea,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, employee_id),
  unique (tenant_id, employee_no),
  check (separated_on >= hired_on),
  check ((status = 'SEPARATED') = (separated_on is not null))
);
create index employees_by_sss on hr_core.employees (tenant_id, sss_no_hash) where sss_no_hash is not null;
create index employees_by_philhealth on hr_core.employees (tenant_id, philhealth_no_hash) where philhealth_no_hash is not null;
create index employees_by_hdmf on hr_core.employees (tenant_id, hdmf_no_hash) where hdmf_no_hash is not null;
create index employees_by_tin on hr_core.employees (tenant_id, tin_hash) where tin_hash is not null;
comment on table hr_core.employees is 'Everybody on the payroll, guards and office staff.';
comment on column hr_core.employees.separated_on is 'The last day of employment.';
comment on column hr_core.employees.sss_no_sealed is 'Sealed by the server with the tenant''s data key, as all *_sealed.';
comment on column hr_core.employees.sss_no_hash is 'Keyed hash, for equality only, as all *_hash.';
select platform.guard_table('hr_core.employees', 'row', null, array['email', 'phone']);

create table hr_core.employments (
  tenant_id uuid not null default platform.current_tenant_id(),
  employment_id uuid not null,
  employee_id uuid not null,
  valid_from date not null,
  valid_to date,
  position_id uuid,
  department_id uuid,
  pay_basis text not null default 'DAILY' check (pay_basis in ('HOURLY', 'DAILY', 'MONTHLY')),
  monthly_rate_centavos bigint check (monthly_rate_centavos > 0),
  minimum_wage_earner boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, employment_id),
  foreign key (tenant_id, employee_id) references hr_core.employees (tenant_id, employee_id),
  foreign key (tenant_id, position_id) references hr_core.positions (tenant_id, position_id),
  foreign key (tenant_id, department_id) references hr_core.departments (tenant_id, department_id),
  check (valid_to >= valid_from),
  check ((pay_basis = 'MONTHLY') = (monthly_rate_centavos is not null)),
  constraint employments_do_not_overlap
    exclude using gist (tenant_id with =, employee_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index employments_by_employee on hr_core.employments (tenant_id, employee_id, valid_from);
comment on table hr_core.employments is 'What somebody was employed as, and how paid, from when to when.';
comment on column hr_core.employments.valid_to is 'The last day; null: open.';
select platform.guard_table('hr_core.employments', 'row');

select platform.make_outbox('hr_core');
