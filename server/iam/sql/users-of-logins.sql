-- users-of-logins: who has these logins (seen through app.sign_in_login)
--   $1 text[]
select u.user_id, u.login
  from iam.users as u
 where u.login = any ($1);
