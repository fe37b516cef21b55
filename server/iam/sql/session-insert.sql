-- session-insert: a sign-in begins
--   $1 uuid session, $2 uuid user, $3 text source, $4 text program
insert into iam.sessions (tenant_id, session_id, user_id, source, program)
values ((select platform.current_tenant_id()), $1, $2, $3, $4);
