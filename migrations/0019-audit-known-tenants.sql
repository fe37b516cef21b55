-- 0019  audit: which tenants this database knows
--
-- Why    armmsctl verify reads each tenant's sealed rows as that tenant, in databases where room tenant does not stand as well.
-- Shape  ids only, found by hops over the key of the seals, so that a long log costs nothing.
-- Locks  none.
create function audit.known_tenants() returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  with recursive hop as (
    (select s.tenant_id from audit.seals as s order by s.tenant_id limit 1)
    union all
    select (select s.tenant_id from audit.seals as s where s.tenant_id > h.tenant_id order by s.tenant_id limit 1)
      from hop as h
     where h.tenant_id is not null)
  select tenant_id from hop where tenant_id is not null and tenant_id <> '00000000-0000-0000-0000-000000000000'
$$;
comment on function audit.known_tenants is 'Tenants with a sealed line in this database: ids only. For armmsctl verify.';
revoke execute on function audit.known_tenants() from public;
grant execute on function audit.known_tenants() to armms_worker;
alter function audit.known_tenants() owner to armms_audit;
