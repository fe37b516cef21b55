-- user-roles-replace: a user's roles are these and no others
--   $1 uuid user, $2 text[] codes
--   gives how many of the codes are roles
with wanted as (
  select r.tenant_id, r.role_id
    from iam.roles as r
   where r.tenant_id = (select platform.current_tenant_id())
     and r.code = any ($2)),
gone as (
  delete from iam.user_roles as ur
   where ur.tenant_id = (select platform.current_tenant_id())
     and ur.user_id = $1
     and not exists (select from wanted as w where w.role_id = ur.role_id)),
added as (
  insert into iam.user_roles (tenant_id, user_id, role_id)
  select w.tenant_id, $1, w.role_id
    from wanted as w
  on conflict (tenant_id, user_id, role_id) do nothing)
select count(*) as known from wanted;
