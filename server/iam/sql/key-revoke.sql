-- key-revoke: the key opens nothing any more
--   $1 uuid key, $2 bigint the version that was read
update iam.api_keys as k
   set status = 'REVOKED',
       version = k.version + 1
 where k.tenant_id = (select platform.current_tenant_id())
   and k.key_id = $1
   and k.version = $2
returning k.version;
