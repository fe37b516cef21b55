-- refresh-insert: the hash of a new refresh token
--   $1 bytea hash, $2 uuid session, $3 uuid user, $4 bigint days it is good
insert into iam.refresh_tokens (tenant_id, token_hash, session_id, user_id, expires_at)
values ((select platform.current_tenant_id()), $1, $2, $3, now() + $4::bigint * interval '1 day');
