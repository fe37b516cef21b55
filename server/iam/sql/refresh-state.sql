-- refresh-state: why a token cannot be used
--   $1 bytea hash
select t.used_at is not null as used
  from iam.refresh_tokens as t
 where t.tenant_id = (select platform.current_tenant_id())
   and t.token_hash = $1;
