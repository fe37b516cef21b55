-- session-live: the session, if it has not ended and its user may still act
--   $1 uuid session, $2 uuid user
select s.session_id
  from iam.sessions as s
  join iam.memberships as m on m.tenant_id = s.tenant_id and m.user_id = s.user_id and m.status = 'ACTIVE'
  join iam.users as u on u.user_id = s.user_id and u.status = 'ACTIVE'
 where s.tenant_id = (select platform.current_tenant_id())
   and s.session_id = $1
   and s.user_id = $2
   and s.ended_at is null;
