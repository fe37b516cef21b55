-- idempotency-take: the key becomes this call's, unless it was used before; waits for a call that holds it
--   $1 uuid   principal
--   $2 text   key
--   $3 bytea  fingerprint of the call
--   gives one row when it is ours
insert into platform.idempotency_keys (tenant_id, principal_id, idempotency_key, fingerprint)
values ((select platform.current_tenant_id()), $1, $2, $3)
on conflict do nothing
returning idempotency_key;
