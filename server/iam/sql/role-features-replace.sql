-- role-features-replace: a role's features are these and no others
--   $1 uuid role, $2 text[] features
--   gives how many of them are features
with wanted as (
  select f.feature from iam.features as f where f.feature = any ($2)),
gone as (
  delete from iam.role_features as rf
   where rf.tenant_id = (select platform.current_tenant_id())
     and rf.role_id = $1
     and not exists (select from wanted as w where w.feature = rf.feature)),
added as (
  insert into iam.role_features (tenant_id, role_id, feature)
  select (select platform.current_tenant_id()), $1, w.feature
    from wanted as w
  on conflict (tenant_id, role_id, feature) do nothing)
select count(*) as known from wanted;
