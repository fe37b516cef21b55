-- 0075  obligations: what is taken from pay, on a schedule
--
-- Why    what is put off must never be lost: an obligation is a plan of instalments, and those applied and those open always add up
--        to it. The database holds that by a trigger at the end of each transaction, whoever writes.
-- Locks  none: all new.
comment on schema obligations is 'What is taken from pay: loans, cash advances, uniform, damage; and what was waived or put off.';

create table obligations.obligations (
  tenant_id uuid not null,
  obligation_id uuid not null,
  employee_id uuid not null,
  kind text not null check (kind in ('company_loan', 'sss_loan', 'hdmf_loan', 'cash_advance', 'uniform', 'damage', 'other')),
  title text not null check (length(title) between 2 and 120),
  reference_no text check (length(reference_no) <= 60),
  principal_centavos bigint not null check (principal_centavos > 0),
  instalment_centavos bigint not null check (instalment_centavos > 0),
  starts_on date not null,
  frequency text not null default 'every_period' check (frequency in ('every_period', 'first_cut_off', 'second_cut_off')),
  priority integer not null check (priority between 1 and 999),
  whole_only boolean not null default false,
  deferral_follow_up text not null default 'carry_forward' check (deferral_follow_up in ('carry_forward', 'append')),
  state text not null default 'PENDING' check (state in ('PENDING', 'ACTIVE', 'SETTLED', 'CANCELLED', 'REJECTED')),
  forgiven_centavos bigint not null default 0 check (forgiven_centavos between 0 and principal_centavos),
  change_id uuid,
  reason text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, obligation_id)
);
create index obligations_by_employee on obligations.obligations (tenant_id, employee_id);
comment on table obligations.obligations is 'One obligation of one employee: how much in all, how much each time.';
comment on column obligations.obligations.priority is 'Low numbers are taken first and put off last.';
comment on column obligations.obligations.forgiven_centavos is 'Will not be taken any more: it was cancelled.';
comment on column obligations.obligations.deferral_follow_up is 'What follows when the net-pay floor or want of pay puts an instalment off.';
select platform.guard_table('obligations.obligations', 'row');

create table obligations.instalments (
  tenant_id uuid not null,
  instalment_id uuid not null,
  obligation_id uuid not null,
  employee_id uuid not null,
  seq_no integer not null,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  due_centavos bigint not null check (due_centavos > 0),
  waived_centavos bigint not null default 0 check (waived_centavos between 0 and due_centavos),
  taken_centavos bigint not null default 0 check (taken_centavos between 0 and due_centavos - waived_centavos),
  status text not null default 'PLANNED' check (status in ('PLANNED', 'APPLIED', 'PARTIAL', 'WAIVED', 'DEFERRED', 'CANCELLED')),
  origin text not null default 'schedule'
    check (origin in ('schedule', 'carry_forward', 'respread', 'append', 'manual', 'deferral', 'reschedule')),
  payrun_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, instalment_id),
  unique (tenant_id, obligation_id, seq_no),
  foreign key (tenant_id, obligation_id) references obligations.obligations,
  check (status <> 'PLANNED' or taken_centavos = 0),
  check (status <> 'APPLIED' or taken_centavos = due_centavos - waived_centavos),
  check (status <> 'WAIVED' or waived_centavos = due_centavos),
  check (status <> 'PARTIAL' or (taken_centavos > 0 and taken_centavos < due_centavos - waived_centavos)),
  check (status not in ('DEFERRED', 'CANCELLED') or taken_centavos = 0)
);
create index instalments_by_obligation on obligations.instalments (tenant_id, obligation_id, period_from);
create index instalments_by_period on obligations.instalments (tenant_id, period_from, employee_id) where status in ('PLANNED', 'WAIVED');
comment on table obligations.instalments is
  'One taking of an obligation in one pay period. What is waived, put off or only partly taken is planned again in another row.';
comment on column obligations.instalments.waived_centavos is 'Of what was due, waived by an approved change and planned again elsewhere.';
comment on column obligations.instalments.origin is 'What made the row: the first schedule, or what follows a waiver or a deferral.';
select platform.guard_table('obligations.instalments', 'row');

-- Applied and open together are the obligation, to the centavo.
create function obligations.check_conservation() returns trigger
language plpgsql set search_path = pg_catalog
as $$
declare
  wanted bigint;
  found bigint;
  row_tenant constant uuid := coalesce(new.tenant_id, old.tenant_id);
  row_obligation constant uuid := coalesce(new.obligation_id, old.obligation_id);
begin
  select case when o.state in ('PENDING', 'REJECTED') then 0 else o.principal_centavos - o.forgiven_centavos end into wanted
    from obligations.obligations as o
   where o.tenant_id = row_tenant and o.obligation_id = row_obligation;
  select coalesce(sum(case when i.status = 'PLANNED' then i.due_centavos - i.waived_centavos else i.taken_centavos end), 0) into found
    from obligations.instalments as i
   where i.tenant_id = row_tenant and i.obligation_id = row_obligation;
  if found is distinct from coalesce(wanted, 0) then
    raise exception 'instalments applied and open do not add up to the obligation'
      using errcode = 'check_violation', constraint = 'obligation_conserved', schema = 'obligations', table = 'obligations';
  end if;
  return null;
end
$$;
comment on function obligations.check_conservation is 'At the end of the transaction: instalments applied and open add up to principal less forgiven.';
create constraint trigger conserved after insert or update of principal_centavos, forgiven_centavos, state on obligations.obligations
  deferrable initially deferred for each row execute function obligations.check_conservation();
create constraint trigger conserved after insert or update or delete on obligations.instalments
  deferrable initially deferred for each row execute function obligations.check_conservation();

create table obligations.waivers (
  tenant_id uuid not null,
  waiver_id uuid not null,
  obligation_id uuid not null,
  instalment_id uuid not null,
  amount_centavos bigint not null check (amount_centavos > 0),
  reason_code text not null check (reason_code in ('low_pay', 'hardship', 'leave', 'error', 'other')),
  reason text not null,
  follow_up text not null check (follow_up in ('carry_forward', 'respread', 'append', 'manual')),
  periods integer not null default 0,
  manual jsonb,
  state text not null default 'REQUESTED' check (state in ('REQUESTED', 'APPROVED', 'REJECTED')),
  change_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, waiver_id),
  foreign key (tenant_id, obligation_id) references obligations.obligations,
  foreign key (tenant_id, instalment_id) references obligations.instalments
);
create index waivers_by_instalment on obligations.waivers (tenant_id, instalment_id);
create unique index waivers_one_open on obligations.waivers (tenant_id, instalment_id) where state = 'REQUESTED';
comment on table obligations.waivers is 'An instalment that is not taken, in whole or in part, and what follows.';
select platform.guard_table('obligations.waivers', 'row');

-- Which parts of which closed payruns were heard: the next payrun must not be calculated on a plan that does not know them yet.
create table obligations.settlements (
  tenant_id uuid not null,
  payrun_id uuid not null,
  part integer not null,
  parts integer not null,
  instalments integer not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, payrun_id, part)
);
comment on table obligations.settlements is 'Which parts of which closed payruns have marked their instalments.';
select platform.guard_table('obligations.settlements', 'append_only');

select platform.make_outbox('obligations');
