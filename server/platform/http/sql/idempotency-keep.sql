-- idempotency-keep: the answer of the call that holds the key
--   $1 uuid    principal
--   $2 text    key
--   $3 bigint  status
--   $4 jsonb   content type, version, headers
--   $5 bytea   body, or null
update platform.idempotency_keys as k
   set status = $3::bigint::integer,
       headers = $4,
       body = $5
 where k.tenant_id = (select platform.current_tenant_id())
   and k.principal_id = $1
   and k.idempotency_key = $2;
