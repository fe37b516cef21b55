-- users-page: users of the unit's tenant, by login
--   $1 text status or null, $2 text part of login or name, or null
--   $3 text after login, $4 uuid (not used: logins are unique), $5 bigint limit
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
   and ($1::text is null or m.status = $1)
   and ($2::text is null or strpos(u.login, lower($2)) > 0 or strpos(lower(u.name), lower($2)) > 0)
   and ($3::text is null or u.login > $3)
   and ($4::uuid is null or true)
 order by u.login
 limit $5;
