-- benefits-state: sets the state of a benefit, unless it has moved on
--   $1 uuid  benefit, $2 text  from, $3 text  to, $4 uuid  change request (null: as it was)
update benefits.benefits as b
   set state = $3::text,
       change_id = coalesce($4::uuid, b.change_id),
       version = b.version + 1
 where b.tenant_id = platform.current_tenant_id()
   and b.benefit_id = $1::uuid
   and b.state = $2::text;
