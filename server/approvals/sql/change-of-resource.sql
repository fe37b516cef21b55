-- change-of-resource: the last change of a resource
--   $1 text subject, $2 uuid resource
select r.change_id, r.subject, r.resource_id, r.change, r.reason, r.state, r.requested_by, r.requested_at, r.decided_at, r.version
  from audit.change_requests as r
 where r.tenant_id = (select platform.current_tenant_id())
   and r.subject = $1
   and r.resource_id = $2
 order by r.requested_at desc, r.change_id desc
 limit 1;
