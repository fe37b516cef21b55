-- idempotency-find: what the first call of this key was, and its answer
--   $1 uuid  principal
--   $2 text  key
select k.fingerprint, k.status, k.headers as head, k.body
  from platform.idempotency_keys as k
 where k.tenant_id = (select platform.current_tenant_id())
   and k.principal_id = $1
   and k.idempotency_key = $2;
