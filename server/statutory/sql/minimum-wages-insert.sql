-- minimum-wages-insert: new orders
--   $1 uuid[] id, $2 bigint[] row, $3 text[] region, $4 text[] area, $5 text[] sector, $6 bigint[] daily, $7 bigint[] cola,
--   $8 text[] order, $9 boolean[] in force, $10 date[] from, $11 date[] to, $12 text[] source, $13 text[] confidence
insert into gov.minimum_wages
  (minimum_wage_id, row_no, region, area, sector, daily_centavos, cola_centavos, wage_order, in_force, valid_from, valid_to, source, confidence)
select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
                     $8::text[], $9::boolean[], $10::date[], $11::date[], $12::text[], $13::text[])
