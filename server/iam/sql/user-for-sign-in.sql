-- user-for-sign-in: who has this login (seen through app.sign_in_login)
--   $1 text login
select u.user_id, u.login, u.name, u.status, c.password_hash, coalesce(c.must_change, false) as must_change
  from iam.users as u
  left join iam.credentials as c on c.user_id = u.user_id
 where u.login = $1;
