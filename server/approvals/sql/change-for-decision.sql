-- change-for-decision: the open change of a resource, held until the decision is stored
--   $1 text subject, $2 uuid resource
select r.change_id, r.state, r.needs_verify, r.requested_by, r.change,
       coalesce((select array_agg(s.taken_by) from audit.change_steps as s
                  where s.tenant_id = r.tenant_id and s.change_id = r.change_id and s.step in ('request', 'verify')), '{}') as takers
  from audit.change_requests as r
 where r.tenant_id = (select platform.current_tenant_id())
   and r.subject = $1
   and r.resource_id = $2
   and r.state in ('REQUESTED', 'VERIFIED')
   for update;
