-- 0062  statutory: single figures of the law by date, and ceilings in days
--
-- Why    the pool of 13th month and other benefits, the weekly cap on loss and damage and the days of service incentive leave are
--        figures of the law as the tables are: by date, with their document, never changed once in force. Monetised vacation leave is
--        free of tax up to a number of days, not of pesos.
-- Locks  brief ACCESS EXCLUSIVE on gov.de_minimis: a constant default rewrites no row.

create table gov.limits (
  tenant_id uuid not null default platform.current_tenant_id(),
  limit_id uuid not null,
  row_no bigint not null,
  name text not null check (name <> ''),
  unit text not null check (unit in ('centavos', 'basis_points', 'days', 'months')),
  value bigint not null check (value > 0),
  valid_from date,
  valid_to date,
  source text not null,
  reviewed_on date,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, limit_id),
  check (valid_to >= valid_from),
  constraint limits_do_not_overlap
    exclude using gist (tenant_id with =, name with =, daterange(valid_from, valid_to, '[]') with &&) deferrable
);
comment on table gov.limits is 'Single figures of the law by date: ceilings, shares, days.';
comment on column gov.limits.value is 'In the unit; days in millionths.';
select platform.guard_table('gov.limits', 'row');

alter table gov.de_minimis
  add column ceiling_days bigint not null default 0 check (ceiling_days >= 0);
comment on column gov.de_minimis.ceiling_days is 'Millionths of a day, for monetised days; 0: the ceiling is an amount or a share.';
