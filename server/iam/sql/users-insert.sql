-- users-insert: logins that do not exist yet
--   $1 uuid[] ids, $2 text[] logins, $3 text[] names
insert into iam.users (user_id, login, name)
select n.user_id, n.login, n.name
  from unnest($1::uuid[], $2::text[], $3::text[]) as n (user_id, login, name)
 order by n.login
on conflict do nothing;
