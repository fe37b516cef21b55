-- user-roles-insert: roles of users, by the roles' codes
--   $1 uuid[] users, $2 text[] codes
insert into iam.user_roles (tenant_id, user_id, role_id)
select r.tenant_id, n.user_id, r.role_id
  from unnest($1::uuid[], $2::text[]) as n (user_id, code)
  join iam.roles as r on r.tenant_id = (select platform.current_tenant_id()) and r.code = n.code
on conflict (tenant_id, user_id, role_id) do nothing;
