-- schedules-carry: shares that were not taken, to be recovered in later months
--   $1 uuid[] id, $2 uuid[] employee, $3 date[] month, $4 text[] scheme, $5 bigint[] amount
insert into gov.schedules as s (schedule_id, employee_id, month, scheme, carried_centavos)
select n.id, n.employee, n.month, n.scheme, n.amount
  from unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::bigint[]) as n (id, employee, month, scheme, amount)
 order by n.employee, n.month, n.scheme
on conflict (tenant_id, employee_id, month, scheme) do update
   set carried_centavos = s.carried_centavos + excluded.carried_centavos, version = s.version + 1
