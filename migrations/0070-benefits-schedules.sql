-- 0070  benefits: what is added to pay, on a schedule or once
--
-- Why    an allowance, a bonus or a reimbursement is a plan of instalments, one per pay period: what was paid is seen next to
--        what was planned, and a benefit that ends keeps its history.
-- Locks  none: all new.
comment on schema benefits is 'What is added to pay: allowances, bonuses, rewards, reimbursements, 13th month.';

create table benefits.benefits (
  tenant_id uuid not null,
  benefit_id uuid not null,
  employee_id uuid not null,
  kind text not null check (kind in ('allowance', 'bonus', 'reward', 'reimbursement', 'thirteenth_month')),
  title text not null check (length(title) between 2 and 120),
  amount_centavos bigint not null check (amount_centavos > 0),
  frequency text not null check (frequency in ('every_period', 'first_cut_off', 'second_cut_off', 'once')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  taxable boolean not null default true,
  tax_class text not null default 'regular' check (tax_class in ('regular', 'supplementary', 'pool')),
  de_minimis_kind text,
  state text not null default 'PENDING' check (state in ('PENDING', 'ACTIVE', 'ENDED', 'CANCELLED', 'REJECTED')),
  planned_to date,
  change_id uuid,
  reason text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, benefit_id)
);
create index benefits_by_employee on benefits.benefits (tenant_id, employee_id);
create index benefits_open_ended on benefits.benefits (tenant_id, planned_to) where state = 'ACTIVE' and valid_to is null;
comment on table benefits.benefits is 'A benefit of one employee: how much, how often, from when to when.';
comment on column benefits.benefits.tax_class is
  'How its taxable part is seen: regular pay, supplementary pay, or the pool of 13th month and other benefits that is free up to a yearly ceiling.';
comment on column benefits.benefits.de_minimis_kind is 'A small benefit: free of tax up to the ceiling of this kind, the rest goes to the pool.';
comment on column benefits.benefits.planned_to is 'Instalments stand up to this day; of an open benefit it moves on as payruns close.';
select platform.guard_table('benefits.benefits', 'row');

create table benefits.instalments (
  tenant_id uuid not null,
  instalment_id uuid not null,
  benefit_id uuid not null,
  employee_id uuid not null,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  due_centavos bigint not null check (due_centavos > 0),
  paid_centavos bigint not null default 0,
  status text not null default 'PLANNED' check (status in ('PLANNED', 'APPLIED', 'PARTIAL', 'WAIVED', 'DEFERRED', 'CANCELLED')),
  payrun_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, instalment_id),
  unique (tenant_id, benefit_id, period_from),
  foreign key (tenant_id, benefit_id) references benefits.benefits,
  check ((status in ('APPLIED', 'PARTIAL')) = (paid_centavos <> 0)),
  check ((status = 'APPLIED') = (paid_centavos = due_centavos))
);
create index instalments_by_period on benefits.instalments (tenant_id, period_from, employee_id) where status = 'PLANNED';
create index instalments_by_payrun on benefits.instalments (tenant_id, payrun_id) where payrun_id is not null;
comment on table benefits.instalments is 'One payment of a benefit in one pay period.';
select platform.guard_table('benefits.instalments', 'row');

-- Which parts of which closed payruns were heard: the next payrun must not be calculated on a plan that does not know them yet.
create table benefits.settlements (
  tenant_id uuid not null,
  payrun_id uuid not null,
  part integer not null,
  parts integer not null,
  instalments integer not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, payrun_id, part)
);
comment on table benefits.settlements is 'Which parts of which closed payruns have marked their instalments.';
select platform.guard_table('benefits.settlements', 'append_only');

select platform.make_outbox('benefits');
