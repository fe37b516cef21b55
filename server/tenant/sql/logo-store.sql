-- logo-store: the logo, or none
--   $1 bytea, $2 text type
insert into tenant.branding as b (tenant_id, logo, logo_type, version)
values ((select platform.current_tenant_id()), $1, $2, 2)
on conflict (tenant_id) do update
   set logo = excluded.logo,
       logo_type = excluded.logo_type,
       version = b.version + 1
returning b.version;
