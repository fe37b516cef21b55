-- settings-store: a set of settings
--   $1 text[] keys
--   $2 jsonb[] values
insert into tenant.settings (tenant_id, key, value)
select (select platform.current_tenant_id()), n.key, n.value
  from unnest($1::text[], $2::jsonb[]) as n (key, value)
 order by n.key
on conflict (tenant_id, key) do update
   set value = excluded.value
 where settings.value is distinct from excluded.value;
