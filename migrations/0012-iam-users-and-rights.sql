-- 0012  iam: users, what they may do, and how they prove who they are
--
-- Why    a user may belong to several tenants, so users, credentials and the catalogue of scopes have no tenant; what a user is
--        in a tenant (membership, roles, limits, sessions, keys) has.
-- Shape  scopes are gathered in features, features are granted to a tenant's roles, roles to its users: all rows.
--        Before there is a tenant (sign-in, refresh, a device's call) a statement sees exactly the row whose login, token
--        hash, user or key it names in a local setting: app.sign_in_login, app.token_hash, app.sign_in_user, app.device_key.
-- Locks  none: all new.
create table iam.scopes (
  scope text not null primary key check (scope ~ '^[a-z-]+:[a-z-]+$'),
  about text not null
);
comment on table iam.scopes is 'What a call can need. No tenant: the same for all.';

create table iam.features (
  feature text not null primary key check (feature ~ '^[a-z][a-z-]*$'),
  about text not null
);
comment on table iam.features is 'Scopes that are granted together. No tenant: the same for all.';

create table iam.feature_scopes (
  feature text not null references iam.features (feature),
  scope text not null references iam.scopes (scope),
  primary key (feature, scope)
);
comment on table iam.feature_scopes is 'Which scopes a feature gives. No tenant: the same for all.';
grant select on iam.scopes, iam.features, iam.feature_scopes to armms_room_iam;

create table iam.users (
  user_id uuid not null primary key,
  login text not null check (login = lower(login) and length(login) between 2 and 120),
  name text not null check (length(name) between 1 and 200),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'DISABLED')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  unique (login)
);
comment on table iam.users is 'Logins. No tenant: a user may belong to several, see memberships.';

create table iam.credentials (
  user_id uuid not null primary key references iam.users (user_id),
  password_hash text not null check (password_hash like '$argon2id$%'),
  must_change boolean not null default false,
  changed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id()
);
comment on table iam.credentials is 'Password hashes, apart from users so that no list carries them. No tenant: a user has one.';
comment on column iam.credentials.password_hash is 'argon2id with its parameters.';

create table iam.memberships (
  tenant_id uuid not null,
  user_id uuid not null references iam.users (user_id),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED')),
  employee_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, user_id)
);
create index memberships_user on iam.memberships (user_id);
comment on table iam.memberships is 'Which users belong to a tenant.';
comment on column iam.memberships.employee_id is 'The employee that this user is, for self-service; null for most.';
select platform.guard_table('iam.memberships', 'row');
create policy sign_in on iam.memberships for select
  using (user_id = (select nullif(current_setting('app.sign_in_user', true), '')::uuid));

-- A user is seen by himself, by those of a tenant that he belongs to, and by the sign-in of his login.
alter table iam.users enable row level security;
alter table iam.users force row level security;
create policy seen on iam.users for select
  using (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid)
         or user_id = (select nullif(current_setting('app.sign_in_user', true), '')::uuid)
         or login = (select nullif(current_setting('app.sign_in_login', true), ''))
         or exists (select from iam.memberships as m
                     where m.user_id = users.user_id
                       and m.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)));
create policy made on iam.users for insert
  with check ((select nullif(current_setting('app.tenant_id', true), '')) is not null);
create policy changed on iam.users for update
  using (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid)
         or exists (select from iam.memberships as m
                     where m.user_id = users.user_id
                       and m.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)));
alter table iam.credentials enable row level security;
alter table iam.credentials force row level security;
create policy of_seen_user on iam.credentials
  using (exists (select from iam.users as u where u.user_id = credentials.user_id))
  with check (exists (select from iam.users as u where u.user_id = credentials.user_id));
grant select, insert, update on iam.users, iam.credentials to armms_room_iam;
create trigger touch before update on iam.users for each row execute function platform.touch();
create trigger touch before update on iam.credentials for each row execute function platform.touch();
select audit.attach('iam.users');
select audit.attach('iam.credentials', '{password_hash}');

create table iam.roles (
  tenant_id uuid not null,
  role_id uuid not null,
  code text not null check (code ~ '^[a-z][a-z-]{1,60}$'),
  name text not null check (length(name) between 1 and 120),
  workspace text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, role_id),
  unique (tenant_id, code)
);
comment on table iam.roles is 'Roles of a tenant; a new tenant gets the usual ones.';
comment on column iam.roles.workspace is 'Which workspace the desktop opens with.';
select platform.guard_table('iam.roles', 'row');

create table iam.role_features (
  tenant_id uuid not null,
  role_id uuid not null,
  feature text not null references iam.features (feature),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, role_id, feature),
  foreign key (tenant_id, role_id) references iam.roles (tenant_id, role_id)
);
comment on table iam.role_features is 'What a role may do.';
select platform.guard_table('iam.role_features', 'row');

create table iam.user_roles (
  tenant_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, user_id, role_id),
  foreign key (tenant_id, user_id) references iam.memberships (tenant_id, user_id),
  foreign key (tenant_id, role_id) references iam.roles (tenant_id, role_id)
);
comment on table iam.user_roles is 'Which roles a user has in a tenant.';
select platform.guard_table('iam.user_roles', 'row');

create table iam.detachment_limits (
  tenant_id uuid not null,
  user_id uuid not null,
  detachment_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, user_id, detachment_id),
  foreign key (tenant_id, user_id) references iam.memberships (tenant_id, user_id)
);
comment on table iam.detachment_limits is 'A user with rows here sees and changes these detachments only.';
comment on column iam.detachment_limits.detachment_id is 'A detachment of the room hr; its schema is another''s, so no foreign key.';
select platform.guard_table('iam.detachment_limits', 'row');

create table iam.sessions (
  tenant_id uuid not null,
  session_id uuid not null,
  user_id uuid not null,
  started_at timestamptz not null default now(),
  source text,
  program text,
  ended_at timestamptz,
  end_reason text check (end_reason in ('LOGOUT', 'SWITCH', 'REUSE', 'PASSWORD', 'ADMIN', 'EXPIRED')),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, session_id),
  foreign key (tenant_id, user_id) references iam.memberships (tenant_id, user_id),
  check ((ended_at is null) = (end_reason is null))
);
create index sessions_user on iam.sessions (tenant_id, user_id) where ended_at is null;
comment on table iam.sessions is 'One sign-in in one tenant: the family of its refresh tokens.';
comment on column iam.sessions.end_reason is 'REUSE: an old refresh token was shown, so somebody has a copy.';
select platform.guard_table('iam.sessions', 'state');

create table iam.refresh_tokens (
  tenant_id uuid not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  session_id uuid not null,
  user_id uuid not null,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, session_id) references iam.sessions (tenant_id, session_id)
);
create index refresh_tokens_session on iam.refresh_tokens (tenant_id, session_id);
create index refresh_tokens_hash on iam.refresh_tokens (token_hash);
comment on table iam.refresh_tokens is 'Hashes of the tokens of a session; each is good once.';
select platform.guard_table('iam.refresh_tokens', 'derived');
create policy shown on iam.refresh_tokens for select
  using (token_hash = (select decode(nullif(current_setting('app.token_hash', true), ''), 'hex')));

create table iam.api_keys (
  tenant_id uuid not null,
  key_id uuid not null,
  kind text not null check (kind in ('DEVICE', 'PROGRAM')),
  name text not null check (length(name) between 1 and 120),
  device_id uuid,
  scopes text[] not null,
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'REVOKED')),
  expires_on date,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, key_id),
  check (kind <> 'DEVICE' or scopes <@ array['clock-events:send'])
);
create index api_keys_key on iam.api_keys (key_id);
comment on table iam.api_keys is 'Keys of devices and programs; the secret is shown once, at birth.';
comment on column iam.api_keys.device_id is 'The device of the room timekeeping that holds the key; its schema is another''s, so no foreign key.';
comment on column iam.api_keys.secret_hash is 'SHA-256 of 256 random bits: there is nothing to guess, so no slow hash.';
select platform.guard_table('iam.api_keys', 'row', null, '{secret_hash}');
create policy shown on iam.api_keys for select
  using (key_id = (select nullif(current_setting('app.device_key', true), '')::uuid));
