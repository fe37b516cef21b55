-- tenants-of-user-count: how many tenants a user belongs to (seen through app.sign_in_user)
--   $1 uuid user
select count(*) as tenants
  from iam.memberships as m
 where m.user_id = $1;
