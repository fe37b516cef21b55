-- session-end: no token of the session is good any more
--   $1 uuid session, $2 text reason
update iam.sessions as s
   set ended_at = now(),
       end_reason = $2
 where s.tenant_id = (select platform.current_tenant_id())
   and s.session_id = $1
   and s.ended_at is null;
