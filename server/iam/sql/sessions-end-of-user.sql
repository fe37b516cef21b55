-- sessions-end-of-user: all sessions of a user but one
--   $1 uuid user, $2 text reason, $3 uuid the session that stays, or null
update iam.sessions as s
   set ended_at = now(),
       end_reason = $2
 where s.tenant_id = (select platform.current_tenant_id())
   and s.user_id = $1
   and s.session_id is distinct from $3
   and s.ended_at is null
returning s.session_id;
