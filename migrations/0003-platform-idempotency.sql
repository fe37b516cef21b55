-- 0003  platform: a repeated request is answered as the first time
--
-- Why    a lost answer makes callers repeat; the key row is written in the transaction of the effect, in the same database,
--        so that either both are there or neither.
-- Shape  unique per tenant and caller. A second request with the same key waits for the first one's transaction, then
--        reads its answer; @fingerprint tells a replay from another request under the same key.
-- Locks  none: all new.
create table platform.idempotency_keys (
  tenant_id uuid not null,
  principal_id uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 255),
  fingerprint bytea not null,
  status integer,
  headers jsonb not null default '{}',
  content_type text,
  body bytea,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, principal_id, idempotency_key)
) with (fillfactor = 80);
create index idempotency_keys_age on platform.idempotency_keys (created_at);
comment on table platform.idempotency_keys is 'First answers, kept 90 days (platform.forget_idempotency_keys).';
comment on column platform.idempotency_keys.principal_id is 'The user or the device key that asked.';
comment on column platform.idempotency_keys.fingerprint is 'SHA-256 of method, path and body.';
comment on column platform.idempotency_keys.status is 'HTTP status of the first answer; null while it is being worked on.';
select platform.guard_table('platform.idempotency_keys', 'derived');

-- Forgets are the owner's: across tenants, in slices, so that no lock is held long.
create policy forget on platform.idempotency_keys for delete to armms_audit using (created_at < now() - interval '1 day');
create policy forget_find on platform.idempotency_keys for select to armms_audit using (true);
grant usage on schema platform to armms_audit;
grant select (tenant_id, principal_id, idempotency_key, created_at), delete on platform.idempotency_keys to armms_audit;
create function platform.forget_idempotency_keys(p_older_than interval default '90 days', p_limit integer default 10000) returns bigint
language sql security definer set search_path = pg_catalog
as $$
  with old as (
    select tenant_id, principal_id, idempotency_key
      from platform.idempotency_keys
     where created_at < now() - greatest(p_older_than, interval '1 day')
     order by created_at
     limit p_limit),
  gone as (
    delete from platform.idempotency_keys as k
     using old
     where (k.tenant_id, k.principal_id, k.idempotency_key) = (old.tenant_id, old.principal_id, old.idempotency_key)
    returning 1)
  select count(*) from gone
$$;
comment on function platform.forget_idempotency_keys is 'Deletes at most @p_limit answers that are older; gives how many. Daily, by the worker.';
revoke execute on function platform.forget_idempotency_keys(interval, integer) from public;
grant execute on function platform.forget_idempotency_keys(interval, integer) to armms_worker;
grant create on schema platform to armms_audit;
alter function platform.forget_idempotency_keys(interval, integer) owner to armms_audit;
revoke create on schema platform from armms_audit;
