-- de-minimis-insert: new ceilings
--   $1 uuid[] id, $2 bigint[] row, $3 text[] benefit, $4 text[] per, $5 bigint[] ceiling, $6 bigint[] of the minimum wage,
--   $7 date[] from, $8 date[] to, $9 text[] source, $10 bigint[] days
insert into gov.de_minimis (de_minimis_id, row_no, benefit, per, ceiling_centavos, of_minimum_wage, valid_from, valid_to, source, ceiling_days)
select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::date[], $8::date[], $9::text[], $10::bigint[])
