-- roles-page: roles of the unit's tenant, by code
--   $1 text part of code or name, or null; $2 text after code, $3 uuid (not used: codes are unique), $4 bigint limit
select r.role_id, r.code, r.name, r.workspace, r.version,
       coalesce((select array_agg(rf.feature order by rf.feature)
          from iam.role_features as rf
         where rf.tenant_id = r.tenant_id and rf.role_id = r.role_id), '{}') as features
  from iam.roles as r
 where r.tenant_id = (select platform.current_tenant_id())
   and ($1::text is null or strpos(r.code, lower($1)) > 0 or strpos(lower(r.name), lower($1)) > 0)
   and ($2::text is null or r.code > $2)
   and ($3::uuid is null or true)
 order by r.code
 limit $4;
