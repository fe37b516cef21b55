-- settings: what differs from the defaults, and how often it was changed
select s.key, s.value, t.version
  from tenant.tenants as t
  left join tenant.settings as s on s.tenant_id = t.tenant_id
 where t.tenant_id = (select platform.current_tenant_id());
