-- role: one role
--   $1 uuid role
select r.role_id, r.code, r.name, r.workspace, r.version,
       coalesce((select array_agg(rf.feature order by rf.feature)
          from iam.role_features as rf
         where rf.tenant_id = r.tenant_id and rf.role_id = r.role_id), '{}') as features
  from iam.roles as r
 where r.tenant_id = (select platform.current_tenant_id())
   and r.role_id = $1;
