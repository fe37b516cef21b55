-- benefit-one: one benefit with what was paid
--   $1 uuid  benefit
select b.benefit_id, b.employee_id, b.kind, b.title, b.amount_centavos, b.frequency, b.valid_from, b.valid_to, b.taxable, b.tax_class, b.de_minimis_kind,
       b.state, b.change_id, b.version, b.reason,
       (select coalesce(sum(i.paid_centavos), 0)::bigint from benefits.instalments as i
         where i.tenant_id = b.tenant_id and i.benefit_id = b.benefit_id) as paid_centavos
  from benefits.benefits as b
 where b.tenant_id = platform.current_tenant_id()
   and b.benefit_id = $1::uuid;
