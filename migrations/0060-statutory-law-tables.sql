-- 0060  statutory: the law's tables, by date
--
-- Why    a contribution or a tax is computed with the table in force on the day that it is for, also years later; tables are
--        loaded from files that name the document of each row, and are not changed once in force.
-- Locks  none: all new.

create table gov.contribution_tables (
  tenant_id uuid not null default platform.current_tenant_id(),
  contribution_table_id uuid not null,
  scheme text not null check (scheme in ('sss', 'philhealth', 'hdmf')),
  valid_from date,
  valid_to date,
  source text not null,
  reviewed_on date,
  row_count bigint not null,
  sha256 text not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, contribution_table_id),
  check (valid_to >= valid_from),
  constraint contribution_tables_do_not_overlap
    exclude using gist (tenant_id with =, scheme with =, daterange(valid_from, valid_to, '[]') with &&) deferrable
);
comment on table gov.contribution_tables is 'One printed table of one fund: its rows stand in contribution_rows.';
comment on column gov.contribution_tables.valid_from is 'First applicable day; null: since ever.';
comment on column gov.contribution_tables.valid_to is 'Last applicable day; null: until changed.';
comment on column gov.contribution_tables.sha256 is 'Of what the rows say: the loader refuses a table in force that reads otherwise.';
select platform.guard_table('gov.contribution_tables', 'row');

create table gov.contribution_rows (
  tenant_id uuid not null default platform.current_tenant_id(),
  contribution_table_id uuid not null,
  row_no bigint not null,
  at_least_centavos bigint not null,
  not_over_centavos bigint,
  credit_centavos bigint not null default 0,
  employee_centavos bigint not null default 0,
  employee_mpf_centavos bigint not null default 0,
  employer_centavos bigint not null default 0,
  employer_mpf_centavos bigint not null default 0,
  employer_ec_centavos bigint not null default 0,
  employee_rate bigint not null default 0,
  employer_rate bigint not null default 0,
  base_floor_centavos bigint not null default 0,
  base_ceiling_centavos bigint not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, contribution_table_id, row_no),
  foreign key (tenant_id, contribution_table_id) references gov.contribution_tables on delete cascade
);
comment on table gov.contribution_rows is 'A bracket: printed amounts (SSS), or rates of a base held between floor and ceiling.';
comment on column gov.contribution_rows.employee_rate is 'Millionths of the base.';
comment on column gov.contribution_rows.employer_rate is 'Millionths of the base.';
comment on column gov.contribution_rows.not_over_centavos is 'Inclusive; null: no end.';
select platform.guard_table('gov.contribution_rows', 'row');

create table gov.tax_tables (
  tenant_id uuid not null default platform.current_tenant_id(),
  tax_table_id uuid not null,
  period text not null check (period in ('daily', 'weekly', 'semi_monthly', 'monthly', 'annual')),
  valid_from date,
  valid_to date,
  source text not null,
  reviewed_on date,
  row_count bigint not null,
  sha256 text not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, tax_table_id),
  check (valid_to >= valid_from),
  constraint tax_tables_do_not_overlap
    exclude using gist (tenant_id with =, period with =, daterange(valid_from, valid_to, '[]') with &&) deferrable
);
comment on table gov.tax_tables is 'Withholding tax on compensation of one kind of pay period: its brackets stand in tax_brackets.';
comment on column gov.tax_tables.valid_from is 'First day of payment; null: since ever.';
select platform.guard_table('gov.tax_tables', 'row');

create table gov.tax_brackets (
  tenant_id uuid not null default platform.current_tenant_id(),
  tax_table_id uuid not null,
  row_no bigint not null,
  over_centavos bigint not null,
  base_tax_centavos bigint not null,
  rate bigint not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, tax_table_id, row_no),
  foreign key (tenant_id, tax_table_id) references gov.tax_tables on delete cascade
);
comment on table gov.tax_brackets is 'tax = base_tax + rate x (taxable - over).';
comment on column gov.tax_brackets.rate is 'Millionths.';
select platform.guard_table('gov.tax_brackets', 'row');

create table gov.minimum_wages (
  tenant_id uuid not null default platform.current_tenant_id(),
  minimum_wage_id uuid not null,
  row_no bigint not null,
  region text not null,
  area text not null,
  sector text not null,
  daily_centavos bigint not null check (daily_centavos > 0),
  cola_centavos bigint not null default 0,
  wage_order text not null,
  in_force boolean not null,
  valid_from date not null,
  valid_to date,
  source text not null,
  reviewed_on date,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, minimum_wage_id),
  unique (tenant_id, region, area, sector, wage_order, valid_from),
  check (valid_to >= valid_from),
  constraint minimum_wages_do_not_overlap
    exclude using gist (tenant_id with =, region with =, area with =, sector with =, daterange(valid_from, valid_to, '[]') with &&)
    where (in_force) deferrable
);
comment on table gov.minimum_wages is 'Regional minimum wages by wage order, area and sector.';
comment on column gov.minimum_wages.in_force is 'False: the order was published, but a court has stopped it.';
select platform.guard_table('gov.minimum_wages', 'row');

create table gov.de_minimis (
  tenant_id uuid not null default platform.current_tenant_id(),
  de_minimis_id uuid not null,
  row_no bigint not null,
  benefit text not null,
  per text not null,
  ceiling_centavos bigint not null,
  of_minimum_wage bigint not null,
  valid_from date,
  valid_to date,
  source text not null,
  reviewed_on date,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, de_minimis_id),
  check (valid_to >= valid_from),
  constraint de_minimis_do_not_overlap
    exclude using gist (tenant_id with =, benefit with =, daterange(valid_from, valid_to, '[]') with &&) deferrable
);
comment on table gov.de_minimis is 'Small benefits free of tax up to a ceiling each.';
comment on column gov.de_minimis.of_minimum_wage is 'Millionths of the region''s daily minimum wage; 0: the ceiling is an amount.';
select platform.guard_table('gov.de_minimis', 'row');
