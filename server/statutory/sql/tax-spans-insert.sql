-- tax-spans-insert: heads of new tables
--   $1 uuid[] id, $2 text[] period, $3 date[] from, $4 date[] to, $5 text[] source, $6 date[] reviewed on, $7 bigint[] rows, $8 text[] sha256
insert into gov.tax_tables (tax_table_id, period, valid_from, valid_to, source, reviewed_on, row_count, sha256)
select * from unnest($1::uuid[], $2::text[], $3::date[], $4::date[], $5::text[], $6::date[], $7::bigint[], $8::text[])
