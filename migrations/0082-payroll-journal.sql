-- 0082  payroll: the pay journal and the seals of payslips
--
-- Why    what was paid, taken, owed and put off is written once, in double entry, and never changed. Every entry is balanced: the
--        postings of one statement by themselves, and the entry against its postings at the end of the transaction.
-- Locks  none: all new.

create table payroll.journal_entries (
  tenant_id uuid not null,
  entry_id uuid not null,
  posted_on date not null,
  kind text not null check (kind in ('pay', 'waiver')),
  payrun_id uuid,
  paysheet_id uuid,
  employee_id uuid not null,
  employee_no text,
  postings integer not null check (postings >= 2),
  total_centavos bigint not null check (total_centavos >= 0),
  memo text,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, entry_id)
);
create index journal_entries_by_payrun on payroll.journal_entries (tenant_id, payrun_id);
comment on table payroll.journal_entries is 'One entry of the pay journal: a paysheet that was closed, a waiver that was approved.';
comment on column payroll.journal_entries.total_centavos is 'The sum of its debits, which is the sum of its credits.';

create table payroll.pay_journal (
  tenant_id uuid not null,
  posted_on date not null,
  entry_id uuid not null,
  posting_no smallint not null,
  account text not null check (account ~ '^(expense|payable|receivable|memo)\.[a-z_0-9]+$'),
  debit_centavos bigint not null default 0 check (debit_centavos >= 0),
  credit_centavos bigint not null default 0 check (credit_centavos >= 0),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, entry_id, posting_no, posted_on),
  check ((debit_centavos = 0) <> (credit_centavos = 0))
) partition by range (posted_on);
comment on table payroll.pay_journal is 'The postings of the pay journal: append-only, balanced per entry.';

create function payroll.check_statement_balanced() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  if exists (select from new_rows as n group by n.tenant_id, n.entry_id having sum(n.debit_centavos) <> sum(n.credit_centavos)) then
    raise exception 'the postings of a journal entry do not balance'
      using errcode = 'check_violation', constraint = 'journal_balanced', schema = 'payroll', table = 'pay_journal';
  end if;
  return null;
end
$$;
create trigger balanced after insert on payroll.pay_journal referencing new table as new_rows
  for each statement execute function payroll.check_statement_balanced();

create function payroll.check_entry_balanced() returns trigger
language plpgsql set search_path = pg_catalog
as $$
declare
  debit numeric;
  credit numeric;
  postings bigint;
begin
  select coalesce(sum(p.debit_centavos), 0), coalesce(sum(p.credit_centavos), 0), count(*) into debit, credit, postings
    from payroll.pay_journal as p
   where p.tenant_id = new.tenant_id and p.entry_id = new.entry_id and p.posted_on = new.posted_on;
  if debit <> credit or debit <> new.total_centavos or postings <> new.postings then
    raise exception 'a journal entry is not what its postings add up to'
      using errcode = 'check_violation', constraint = 'journal_entry_balanced', schema = 'payroll', table = 'journal_entries';
  end if;
  return null;
end
$$;
create constraint trigger balanced after insert on payroll.journal_entries
  deferrable initially deferred for each row execute function payroll.check_entry_balanced();

select platform.guard_table('payroll.journal_entries', 'append_only');
select platform.guard_table('payroll.pay_journal', 'append_only');
select platform.partition_by_month('payroll.pay_journal', 'posted_on');

create table payroll.payslips (
  tenant_id uuid not null,
  paysheet_id uuid not null,
  payrun_id uuid not null,
  employee_id uuid not null,
  payslip_no text not null,
  sha256 bytea not null check (length(sha256) = 32),
  sealed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, paysheet_id),
  unique (tenant_id, payslip_no)
);
create index payslips_by_employee on payroll.payslips (tenant_id, employee_id);
comment on table payroll.payslips is 'The seal of each closed paysheet: its content as it was paid. armmsctl verify computes it again.';
select platform.guard_table('payroll.payslips', 'append_only');

create table payroll.payslip_files (
  tenant_id uuid not null,
  payrun_id uuid not null,
  sha256 bytea not null,
  pages integer not null,
  pdf bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, payrun_id),
  foreign key (tenant_id, payrun_id) references payroll.payruns
);
comment on table payroll.payslip_files is 'All payslips of a payrun in one file, made by a job; can be made again.';
select platform.guard_table('payroll.payslip_files', 'derived');
