-- credentials-insert: first passwords of users that have none
--   $1 uuid[] users, $2 text[] hashes
insert into iam.credentials (user_id, password_hash)
select n.user_id, n.password_hash
  from unnest($1::uuid[], $2::text[]) as n (user_id, password_hash)
 where n.password_hash is not null
on conflict (user_id) do nothing;
