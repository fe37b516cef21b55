-- user-change: name, and the membership's status and employee
--   $1 uuid user, $2 bigint the version that was read, $3 text name, $4 text status, $5 uuid employee
with changed as (
  update iam.users as u
     set name = $3,
         version = u.version + 1
   where u.user_id = $1
     and u.version = $2
     and exists (select from iam.memberships as m where m.tenant_id = (select platform.current_tenant_id()) and m.user_id = u.user_id)
  returning u.user_id)
update iam.memberships as m
   set status = $4,
       employee_id = $5
  from changed as c
 where m.tenant_id = (select platform.current_tenant_id())
   and m.user_id = c.user_id
returning m.user_id;
