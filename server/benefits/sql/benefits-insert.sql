-- benefits-insert: many benefits in one state
--   $1 uuid[] ids, $2 uuid[] employees, $3 text[] kinds, $4 text[] titles, $5 bigint[] amounts, $6 text[] frequencies, $7 date[] from, $8 date[] to,
--   $9 boolean[] taxable, $10 text[] tax classes, $11 text[] de minimis kinds, $12 text[] reasons, $13 text state
insert into benefits.benefits (tenant_id, benefit_id, employee_id, kind, title, amount_centavos, frequency, valid_from, valid_to, taxable, tax_class,
                               de_minimis_kind, reason, state)
select platform.current_tenant_id(), b.id, b.employee, b.kind, b.title, b.amount, b.frequency, b.valid_from, b.valid_to, b.taxable, b.tax_class,
       b.de_minimis, b.reason, $13::text
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::date[], $8::date[], $9::boolean[], $10::text[],
              $11::text[], $12::text[])
       as b (id, employee, kind, title, amount, frequency, valid_from, valid_to, taxable, tax_class, de_minimis, reason);
