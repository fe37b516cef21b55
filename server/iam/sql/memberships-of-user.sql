-- memberships-of-user: the tenants of one user (seen through app.sign_in_user)
--   $1 uuid user
select m.tenant_id
  from iam.memberships as m
 where m.user_id = $1
   and m.status = 'ACTIVE'
 order by m.tenant_id;
