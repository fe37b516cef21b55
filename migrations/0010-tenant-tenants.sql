-- 0010  tenant: organisations, their settings and their look
--
-- Why    everything else belongs to a tenant; how it wants its rules applied are rows under typed keys, and what no row
--        says is the default of the code's one table (server/tenant/tenant-settings.c).
-- Locks  none: all new.
create table tenant.tenants (
  tenant_id uuid not null,
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{1,30}$'),
  name text not null check (length(name) between 1 and 200),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id)
);
comment on table tenant.tenants is 'Client organisations of the platform; each sees itself only.';
comment on column tenant.tenants.code is 'What people write at sign-in; told apart among the tenants of one user.';
comment on column tenant.tenants.version is 'Rises by one at every change; a writer names the version it has read.';
select platform.guard_table('tenant.tenants', 'row');

-- At sign-in there is no tenant yet: the few that the user belongs to are named, and only they are seen.
create policy sign_in on tenant.tenants for select
  using (tenant_id = any ((select string_to_array(nullif(current_setting('app.sign_in_tenants', true), ''), ',')::uuid[])::uuid[]));

create table tenant.settings (
  tenant_id uuid not null references tenant.tenants (tenant_id),
  key text not null check (key ~ '^[a-z][a-z0-9_]{1,60}$'),
  value jsonb not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, key)
);
comment on table tenant.settings is 'What differs from the defaults; keys and types stand in the table of server/tenant/tenant-settings.c.';
select platform.guard_table('tenant.settings', 'row');

create table tenant.branding (
  tenant_id uuid not null references tenant.tenants (tenant_id),
  legal_name text check (length(legal_name) <= 200),
  address text check (length(address) <= 400),
  accent_colour text check (accent_colour ~ '^#[0-9a-f]{6}$'),
  logo bytea check (octet_length(logo) <= 524288),
  logo_type text check (logo_type in ('image/png', 'image/svg+xml')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id),
  check ((logo is null) = (logo_type is null))
);
comment on table tenant.branding is 'Name, address and logo as they stand on payslips and exports.';
select platform.guard_table('tenant.branding', 'row');
