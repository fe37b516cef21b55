-- branding: how the unit's tenant looks
select t.name, b.legal_name, b.address, b.accent_colour, b.logo_type, b.logo, coalesce(b.version, 1) as version
  from tenant.tenants as t
  left join tenant.branding as b on b.tenant_id = t.tenant_id
 where t.tenant_id = (select platform.current_tenant_id());
