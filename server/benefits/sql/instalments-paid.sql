-- instalments-paid: what a closed payrun has paid
--   $1 uuid payrun, $2 uuid[] instalments, $3 bigint[] paid
update benefits.instalments as i
   set paid_centavos = n.paid,
       status = case when n.paid = i.due_centavos then 'APPLIED' else 'PARTIAL' end,
       payrun_id = $1::uuid
  from unnest($2::uuid[], $3::bigint[]) as n (id, paid)
 where i.tenant_id = platform.current_tenant_id()
   and i.instalment_id = n.id
   and i.status = 'PLANNED'
   and n.paid <> 0;
