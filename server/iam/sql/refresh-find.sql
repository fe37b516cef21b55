-- refresh-find: whose token this is (seen through app.token_hash)
--   $1 bytea hash
select t.tenant_id, t.session_id, t.user_id
  from iam.refresh_tokens as t
 where t.token_hash = $1;
