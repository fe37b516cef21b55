-- instalments-cut: what was planned after the last day of a benefit will not be paid
--   $1 uuid  benefit, $2 date  last day
update benefits.instalments as i
   set status = 'CANCELLED'
 where i.tenant_id = platform.current_tenant_id()
   and i.benefit_id = $1::uuid
   and i.status = 'PLANNED'
   and i.period_from > $2::date;
