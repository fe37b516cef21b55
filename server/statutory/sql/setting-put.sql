-- setting-put: one choice; the version rises
--   $1 text key, $2 text value
insert into gov.settings as s (key, value)
values ($1::text, $2::text)
on conflict (tenant_id, key) do update
   set value = excluded.value, version = s.version + 1
returning s.version
