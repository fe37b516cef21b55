-- instalments-change: what a settlement, a waiver or a new plan makes of many instalments
--   $1 uuid[] ids, $2 bigint[] due, $3 bigint[] waived, $4 bigint[] taken, $5 text[] statuses, $6 uuid[] payruns (null: as it was)
update obligations.instalments as i
   set due_centavos = n.due,
       waived_centavos = n.waived,
       taken_centavos = n.taken,
       status = n.status,
       payrun_id = coalesce(n.payrun, i.payrun_id)
  from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::uuid[]) as n (id, due, waived, taken, status, payrun)
 where i.tenant_id = platform.current_tenant_id()
   and i.instalment_id = n.id;
