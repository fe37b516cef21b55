-- 0061  statutory: the tenant's choices, and what was taken against what is owed
--
-- Why    the law leaves choices open; an employee's share may be deferred, what the agency owes may not: two figures, never one.
-- Shape  schedules is the state per employee, month and scheme; ledger is its history, append-only, written by closed payruns.
-- Locks  none: all new.

create table gov.settings (
  tenant_id uuid not null default platform.current_tenant_id(),
  key text not null,
  value text not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, key)
);
comment on table gov.settings is 'Choices of the tenant; a key that has no row stands on its default (server/statutory/settings.c).';
select platform.guard_table('gov.settings', 'row');

create table gov.schedules (
  tenant_id uuid not null default platform.current_tenant_id(),
  schedule_id uuid not null,
  employee_id uuid not null,
  month date not null check (extract(day from month) = 1),
  scheme text not null check (scheme in ('sss', 'philhealth', 'hdmf')),
  status text not null default 'PLANNED' check (status in ('PLANNED', 'APPLIED', 'PARTIAL', 'WAIVED', 'DEFERRED', 'CANCELLED')),
  waived_all boolean not null default false,
  waived_centavos bigint not null default 0 check (waived_centavos >= 0),
  follow_up text check (follow_up in ('carry_forward', 'respread', 'append', 'manual')),
  follow_up_plan jsonb,
  carried_centavos bigint not null default 0 check (carried_centavos >= 0),
  recovered_centavos bigint not null default 0 check (recovered_centavos between 0 and carried_centavos),
  base_centavos bigint not null default 0,
  employee_due_centavos bigint not null default 0,
  employee_taken_centavos bigint not null default 0,
  employer_due_centavos bigint not null default 0,
  employee_mpf_centavos bigint not null default 0,
  employer_mpf_centavos bigint not null default 0,
  employer_ec_centavos bigint not null default 0,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, schedule_id),
  unique (tenant_id, employee_id, month, scheme)
);
create index schedules_by_month on gov.schedules (tenant_id, month, scheme);
comment on table gov.schedules is 'One employee''s contribution of one month: due, waived, taken, carried from earlier months.';
comment on column gov.schedules.month is 'The first day of the applicable month.';
comment on column gov.schedules.employee_due_centavos is 'Employee share owed to the agency, MPF included; the employer remits it whether it was taken or not.';
comment on column gov.schedules.employee_taken_centavos is 'Of it, what was taken from pay: the difference is a receivable.';
comment on column gov.schedules.carried_centavos is 'Employee share of earlier months that is to be recovered in this one.';
select platform.guard_table('gov.schedules', 'row');

create table gov.ledger (
  tenant_id uuid not null default platform.current_tenant_id(),
  ledger_id uuid not null,
  event_id uuid not null,
  payrun_id uuid not null,
  employee_id uuid not null,
  month date not null,
  scheme text not null check (scheme in ('sss', 'philhealth', 'hdmf')),
  book text not null check (book in ('taken', 'remit', 'recovered')),
  employee_centavos bigint not null,
  employer_centavos bigint not null default 0,
  paid_on date,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, ledger_id),
  unique (tenant_id, event_id, employee_id, month, scheme, book)
);
create index ledger_by_month on gov.ledger (tenant_id, month, scheme, book);
comment on table gov.ledger is 'Two books, told apart: what was taken from pay, and what is to be remitted. Never changed.';
comment on column gov.ledger.book is 'taken: from pay; remit: owed to the fund, both shares; recovered: taken later for an earlier month.';
select platform.guard_table('gov.ledger', 'append_only');

select platform.make_outbox('gov');
