-- key-for-call: the key that a device or program shows (seen through app.device_key)
--   $1 uuid key
select k.tenant_id, k.key_id, k.kind, k.name, k.scopes, k.secret_hash
  from iam.api_keys as k
 where k.key_id = $1
   and k.status = 'ACTIVE'
   and (k.expires_on is null or k.expires_on >= current_date);
