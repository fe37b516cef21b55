-- tenant-insert: a new tenant
--   $1 uuid, $2 text code, $3 text name
insert into tenant.tenants (tenant_id, code, name)
values ($1, $2, $3);
