-- refresh-use: the token is used up; a second use, also at the same moment, finds it so
--   $1 bytea hash
update iam.refresh_tokens as t
   set used_at = now()
 where t.tenant_id = (select platform.current_tenant_id())
   and t.token_hash = $1
   and t.used_at is null
   and t.expires_at > now()
returning t.session_id, t.user_id;
