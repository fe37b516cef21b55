-- 0014  iam: several logins may be named at once
--
-- Why    a set of users is added in one go, and those who exist already (another tenant's users) must be found by login.
-- Shape  app.sign_in_login holds logins with commas between them; a login itself has none.
-- Locks  brief ACCESS EXCLUSIVE on iam.users: the check reads each row once.
alter table iam.users add constraint users_login_letters check (login ~ '^[a-z0-9][a-z0-9._@+-]+$');
drop policy seen on iam.users;
create policy seen on iam.users for select
  using (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid)
         or user_id = (select nullif(current_setting('app.sign_in_user', true), '')::uuid)
         or login = any ((select string_to_array(nullif(current_setting('app.sign_in_login', true), ''), ','))::text[])
         or exists (select from iam.memberships as m
                     where m.user_id = users.user_id
                       and m.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)));
