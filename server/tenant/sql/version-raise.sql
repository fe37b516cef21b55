-- version-raise: the tenant's version, which settings share
--   $1 bigint  the version that was read; null: whatever it is
update tenant.tenants as t
   set version = t.version + 1
 where t.tenant_id = (select platform.current_tenant_id())
   and ($1::bigint is null or t.version = $1)
returning t.version;
