-- schedule: all instalments of one benefit, in the order of their periods
--   $1 uuid  benefit
select i.instalment_id, i.benefit_id, i.period_from, i.period_to, i.due_centavos, i.paid_centavos, i.status, i.payrun_id
  from benefits.instalments as i
 where i.tenant_id = platform.current_tenant_id()
   and i.benefit_id = $1::uuid
 order by i.period_from;
