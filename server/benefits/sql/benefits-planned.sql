-- benefits-planned: up to which day instalments stand, for benefits that were just planned
--   $1 uuid[]  benefits, $2 date[]  planned to
update benefits.benefits as b
   set planned_to = n.planned_to
  from unnest($1::uuid[], $2::date[]) as n (id, planned_to)
 where b.tenant_id = platform.current_tenant_id()
   and b.benefit_id = n.id;
