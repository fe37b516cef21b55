-- role-change: name and workspace
--   $1 uuid role, $2 bigint the version that was read, $3 text name, $4 text workspace
update iam.roles as r
   set name = $3,
       workspace = $4,
       version = r.version + 1
 where r.tenant_id = (select platform.current_tenant_id())
   and r.role_id = $1
   and r.version = $2
returning r.version;
