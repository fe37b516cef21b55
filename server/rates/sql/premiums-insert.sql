-- premiums-insert: rows of the matrix, one array per column
--   $1 uuid[] id, $2 bigint[] row, $3 text[] day type, $4 boolean[] rest day, $5 bigint[] unworked, $6 first8, $7 overtime,
--   $8 first8 night, $9 overtime night: bigint[], $10 date[] from, $11 date[] to, $12 text[] source
insert into finance_rates.premiums
  (premium_id, row_no, day_type, rest_day, unworked, first8, overtime, first8_night, overtime_night, valid_from, valid_to, source)
select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
                     $9::bigint[], $10::date[], $11::date[], $12::text[])
