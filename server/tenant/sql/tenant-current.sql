-- tenant-current: the unit's tenant
select t.tenant_id, t.code, t.name, t.status, t.version
  from tenant.tenants as t
 where t.tenant_id = (select platform.current_tenant_id());
