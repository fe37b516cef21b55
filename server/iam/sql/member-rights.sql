-- member-rights: what an active user may do in the unit's tenant; none when he may not act in it
--   $1 uuid user
select u.user_id, u.login, u.name,
       (select r.workspace
          from iam.user_roles as ur
          join iam.roles as r on r.tenant_id = ur.tenant_id and r.role_id = ur.role_id
         where ur.tenant_id = m.tenant_id and ur.user_id = m.user_id and r.workspace is not null
         order by r.code limit 1) as workspace,
       coalesce((select array_agg(r.code order by r.code)
          from iam.user_roles as ur
          join iam.roles as r on r.tenant_id = ur.tenant_id and r.role_id = ur.role_id
         where ur.tenant_id = m.tenant_id and ur.user_id = m.user_id), '{}') as roles,
       coalesce((select array_agg(distinct fs.scope order by fs.scope)
          from iam.user_roles as ur
          join iam.role_features as rf on rf.tenant_id = ur.tenant_id and rf.role_id = ur.role_id
          join iam.feature_scopes as fs on fs.feature = rf.feature
         where ur.tenant_id = m.tenant_id and ur.user_id = m.user_id), '{}') as scopes,
       coalesce((select array_agg(l.detachment_id order by l.detachment_id)
          from iam.detachment_limits as l
         where l.tenant_id = m.tenant_id and l.user_id = m.user_id), '{}') as detachments
  from iam.memberships as m
  join iam.users as u on u.user_id = m.user_id
 where m.tenant_id = (select platform.current_tenant_id())
   and m.user_id = $1
   and m.status = 'ACTIVE'
   and u.status = 'ACTIVE';
