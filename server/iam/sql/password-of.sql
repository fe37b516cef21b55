-- password-of: a user's hash
--   $1 uuid user
select u.login, c.password_hash
  from iam.users as u
  left join iam.credentials as c on c.user_id = u.user_id
 where u.user_id = $1;
