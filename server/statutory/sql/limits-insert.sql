-- limits-insert: new figures
--   $1 uuid[] id, $2 bigint[] row, $3 text[] name, $4 text[] unit, $5 bigint[] value, $6 date[] from, $7 date[] to,
--   $8 text[] source, $9 date[] reviewed on
insert into gov.limits (limit_id, row_no, name, unit, value, valid_from, valid_to, source, reviewed_on)
select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::date[], $7::date[], $8::text[], $9::date[])
