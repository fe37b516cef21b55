-- waiver-decide: what became of it
--   $1 uuid  waiver, $2 text  state, $3 uuid  change request (null: as it was)
update obligations.waivers as w
   set state = $2::text,
       change_id = coalesce($3::uuid, w.change_id)
 where w.tenant_id = platform.current_tenant_id()
   and w.waiver_id = $1::uuid;
