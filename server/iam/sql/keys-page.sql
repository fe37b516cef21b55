-- keys-page: keys of the unit's tenant, by name
--   $1 text kind, $2 text status, $3 text part of the name: each or null
--   $4 text after name, $5 uuid after key, $6 bigint limit
select k.key_id, k.kind, k.name, k.device_id, k.scopes, k.status, k.expires_on, k.version
  from iam.api_keys as k
 where k.tenant_id = (select platform.current_tenant_id())
   and ($1::text is null or k.kind = $1)
   and ($2::text is null or k.status = $2)
   and ($3::text is null or strpos(lower(k.name), lower($3)) > 0)
   and ($4::text is null or (k.name, k.key_id) > ($4, $5::uuid))
 order by k.name, k.key_id
 limit $6;
