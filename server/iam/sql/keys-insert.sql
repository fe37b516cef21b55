-- keys-insert: keys, each with the scopes of its kind (programs: $7, one csv each)
--   $1 uuid[] keys, $2 text[] kinds, $3 text[] names, $4 uuid[] devices, $5 date[] expiries, $6 bytea[] secret hashes, $7 text[] scopes
insert into iam.api_keys (tenant_id, key_id, kind, name, device_id, expires_on, secret_hash, scopes)
select (select platform.current_tenant_id()), n.key_id, n.kind, n.name, n.device_id, n.expires_on, n.secret_hash, string_to_array(n.scopes, ' ')
  from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::date[], $6::bytea[], $7::text[])
       as n (key_id, kind, name, device_id, expires_on, secret_hash, scopes)
 order by n.key_id;
