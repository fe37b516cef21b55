-- users-of-ids: users of the unit's tenant
--   $1 uuid[] or null: all
select u.user_id, u.login, u.name, m.status, m.employee_id, u.version,
       coalesce((select array_agg(r.code order by r.code)
          from iam.user_roles as ur
          join iam.roles as r on r.tenant_id = ur.tenant_id and r.role_id = ur.role_id
         where ur.tenant_id = m.tenant_id and ur.user_id = m.user_id), '{}') as roles,
       coalesce((select array_agg(l.detachment_id order by l.detachment_id)
          from iam.detachment_limits as l
         where l.tenant_id = m.tenant_id and l.user_id = m.user_id), '{}') as detachments
  from iam.memberships as m
  join iam.users as u on u.user_id = m.user_id
 where m.tenant_id = (select platform.current_tenant_id())
   and ($1::uuid[] is null or u.user_id = any ($1))
 order by u.login;
