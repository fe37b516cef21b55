-- password-store: a user's password
--   $1 uuid user, $2 text hash, $3 boolean must be changed at the next sign-in
insert into iam.credentials (user_id, password_hash, must_change)
values ($1, $2, $3)
on conflict (user_id) do update
   set password_hash = excluded.password_hash,
       must_change = excluded.must_change,
       changed_at = now();
