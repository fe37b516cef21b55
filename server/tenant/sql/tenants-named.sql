-- tenants-named: the tenants of these ids (seen through app.sign_in_tenants)
--   $1 uuid[]
select t.tenant_id, t.code, t.name, t.status, t.version
  from tenant.tenants as t
 where t.tenant_id = any ($1)
 order by t.name, t.tenant_id;
