-- user-limits-replace: the detachments that a user is limited to
--   $1 uuid user, $2 uuid[] detachments
with gone as (
  delete from iam.detachment_limits as l
   where l.tenant_id = (select platform.current_tenant_id())
     and l.user_id = $1
     and l.detachment_id <> all ($2))
insert into iam.detachment_limits (tenant_id, user_id, detachment_id)
select (select platform.current_tenant_id()), $1, d
  from unnest($2::uuid[]) as d
on conflict (tenant_id, user_id, detachment_id) do nothing;
