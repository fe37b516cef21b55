-- tax-brackets-insert: brackets of new tables
--   $1 uuid[] table, $2 bigint[] row, $3 bigint[] over, $4 bigint[] base tax, $5 bigint[] rate
insert into gov.tax_brackets (tax_table_id, row_no, over_centavos, base_tax_centavos, rate)
select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
