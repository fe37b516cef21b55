-- 0006  platform: each tenant has data keys of its own, wrapped by the master key
--
-- Why    personal data is sealed in the server, so that a dump of the database tells nobody's numbers. The master key never
--        comes near the database; without it the wrapped keys are noise.
-- Shape  "seal" keys are numbered: a new one seals, the old ones open. The one "index" key makes the keyed hashes for equality;
--        it never changes, because the hashes must stay equal.
-- Locks  none: all new.
create table platform.data_keys (
  tenant_id uuid not null,
  purpose text not null check (purpose in ('seal', 'index')),
  key_no integer not null check (key_no between 1 and 1000000),
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, purpose, key_no),
  check (purpose = 'seal' or key_no = 1)
);
comment on table platform.data_keys is 'Data keys of the tenants, each wrapped by the master key (AES-256-GCM).';
comment on column platform.data_keys.wrapped is 'Mark of the master key (8 bytes), nonce (12), the key sealed (32), tag (16).';
select platform.guard_table('platform.data_keys', 'row');
-- A lost key is lost data: nobody deletes one.
revoke delete on platform.data_keys from armms_room_platform;
