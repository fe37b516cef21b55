-- obligations-insert: many obligations in one state
--   $1 uuid[] ids, $2 uuid[] employees, $3 text[] kinds, $4 text[] titles, $5 text[] references, $6 bigint[] principals,
--   $7 bigint[] instalments, $8 date[] starts, $9 text[] frequencies, $10 bigint[] priorities, $11 boolean[] whole only,
--   $12 text[] follow-ups, $13 text[] reasons, $14 text state
insert into obligations.obligations (tenant_id, obligation_id, employee_id, kind, title, reference_no, principal_centavos, instalment_centavos,
                                     starts_on, frequency, priority, whole_only, deferral_follow_up, reason, state)
select platform.current_tenant_id(), o.id, o.employee, o.kind, o.title, o.reference, o.principal, o.instalment, o.starts, o.frequency,
       o.priority, o.whole_only, o.follow_up, o.reason, $14::text
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::date[], $9::text[], $10::bigint[],
              $11::boolean[], $12::text[], $13::text[])
       as o (id, employee, kind, title, reference, principal, instalment, starts, frequency, priority, whole_only, follow_up, reason);
