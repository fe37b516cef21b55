-- changes-page: changes of the unit's tenant, the oldest first
--   $1 text[] subjects that the reader has to do with
--   $2 text subject, $3 text state, $4 uuid resource, $5 uuid who asked: each or null; without a state only the open ones
--   $6 text after requested_at, $7 uuid after change, $8 bigint limit
select r.change_id, r.subject, r.resource_id, r.change, r.reason, r.state, r.requested_by, r.requested_at, r.decided_at, r.version,
       r.needs_verify,
       coalesce((select array_agg(s.taken_by) from audit.change_steps as s
                  where s.tenant_id = r.tenant_id and s.change_id = r.change_id and s.step in ('request', 'verify')), '{}') as takers
  from audit.change_requests as r
 where r.tenant_id = (select platform.current_tenant_id())
   and r.subject = any ($1)
   and ($2::text is null or r.subject = $2)
   and (case when $3::text is null then r.state in ('REQUESTED', 'VERIFIED') else r.state = $3 end)
   and ($4::uuid is null or r.resource_id = $4)
   and ($5::uuid is null or r.requested_by = $5)
   and ($6::text is null or (r.requested_at, r.change_id) > ($6::timestamptz, $7::uuid))
 order by r.requested_at, r.change_id
 limit $8;
