-- roles-insert: roles that do not stand yet, with their features (one row of $4, $5 for each)
--   $1 uuid[] ids, $2 text[] codes, $3 text[] names, $4 text[] workspaces
--   $5 text[] codes, $6 text[] features
with added as (
  insert into iam.roles (tenant_id, role_id, code, name, workspace)
  select (select platform.current_tenant_id()), n.role_id, n.code, n.name, n.workspace
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n (role_id, code, name, workspace)
   order by n.code
  on conflict (tenant_id, code) do nothing
  returning tenant_id, role_id, code)
insert into iam.role_features (tenant_id, role_id, feature)
select a.tenant_id, a.role_id, f.feature
  from added as a
  join unnest($5::text[], $6::text[]) as f (code, feature) on f.code = a.code
on conflict (tenant_id, role_id, feature) do nothing;
