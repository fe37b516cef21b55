-- instalments-insert: planned payments; one that stands already is left as it is
--   $1 uuid[] ids, $2 uuid[] benefits, $3 uuid[] employees, $4 date[] from, $5 date[] to, $6 bigint[] due
insert into benefits.instalments (tenant_id, instalment_id, benefit_id, employee_id, period_from, period_to, due_centavos)
select platform.current_tenant_id(), i.id, i.benefit, i.employee, i.period_from, i.period_to, i.due
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::date[], $6::bigint[]) as i (id, benefit, employee, period_from, period_to, due)
on conflict (tenant_id, benefit_id, period_from) do nothing;
