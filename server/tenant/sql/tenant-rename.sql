-- tenant-rename: name of the unit's tenant
--   $1 text name
--   $2 bigint the version that was read
update tenant.tenants as t
   set name = $1,
       version = t.version + 1
 where t.tenant_id = (select platform.current_tenant_id())
   and t.version = $2
returning t.version;
