-- memberships-insert: users of the unit's tenant
--   $1 uuid[] users, $2 uuid[] employees or nulls
insert into iam.memberships (tenant_id, user_id, employee_id)
select (select platform.current_tenant_id()), n.user_id, n.employee_id
  from unnest($1::uuid[], $2::uuid[]) as n (user_id, employee_id)
 order by n.user_id
on conflict (tenant_id, user_id) do nothing;
