-- key: one key
--   $1 uuid key
select k.key_id, k.kind, k.name, k.device_id, k.scopes, k.status, k.expires_on, k.version
  from iam.api_keys as k
 where k.tenant_id = (select platform.current_tenant_id())
   and k.key_id = $1;
