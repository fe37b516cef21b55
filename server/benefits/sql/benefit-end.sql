-- benefit-end: gives an active benefit a last day
--   $1 uuid  benefit, $2 bigint  version that was read, $3 date  last day
update benefits.benefits as b
   set valid_to = $3::date,
       state = 'ENDED',
       version = b.version + 1
 where b.tenant_id = platform.current_tenant_id()
   and b.benefit_id = $1::uuid
   and b.version = $2::bigint
   and b.state = 'ACTIVE'
   and b.valid_from <= $3::date;
