-- instalments-insert: many planned instalments
--   $1 uuid[] ids, $2 uuid[] obligations, $3 uuid[] employees, $4 bigint[] numbers, $5 date[] from, $6 date[] to, $7 bigint[] due, $8 text[] origins
insert into obligations.instalments (tenant_id, instalment_id, obligation_id, employee_id, seq_no, period_from, period_to, due_centavos, origin)
select platform.current_tenant_id(), i.id, i.obligation, i.employee, i.seq_no, i.period_from, i.period_to, i.due, i.origin
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::date[], $6::date[], $7::bigint[], $8::text[])
       as i (id, obligation, employee, seq_no, period_from, period_to, due, origin);
