-- tax-brackets-in-force: brackets of every pay period
--   $1 date  only tables in force on it; null: of all dates
select t.period, t.valid_from, t.valid_to, t.source, b.row_no, b.over_centavos, b.base_tax_centavos, b.rate
  from gov.tax_tables as t
  join gov.tax_brackets as b using (tenant_id, tax_table_id)
 where $1::date is null or daterange(t.valid_from, t.valid_to, '[]') @> $1::date
