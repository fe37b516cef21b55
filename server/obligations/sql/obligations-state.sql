-- obligations-state: sets the state of obligations, unless they have moved on
--   $1 uuid[]  obligations, $2 text  from, $3 text  to, $4 uuid  change request (null: as it was)
update obligations.obligations as o
   set state = $3::text,
       change_id = coalesce($4::uuid, o.change_id),
       version = o.version + 1
 where o.tenant_id = platform.current_tenant_id()
   and o.obligation_id = any ($1::uuid[])
   and o.state = $2::text;
