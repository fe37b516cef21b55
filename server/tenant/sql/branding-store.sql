-- branding-store: names and colour; the logo stays
--   $1 text legal name, $2 text address, $3 text colour
--   $4 bigint  the version that was read; null: whatever it is
insert into tenant.branding as b (tenant_id, legal_name, address, accent_colour, version)
values ((select platform.current_tenant_id()), $1, $2, $3, 2)
on conflict (tenant_id) do update
   set legal_name = excluded.legal_name,
       address = excluded.address,
       accent_colour = excluded.accent_colour,
       version = b.version + 1
 where $4::bigint is null or b.version = $4
returning b.version;
