-- tax-table-by-id: one head
--   $1 uuid table
select t.tax_table_id, t.period, t.valid_from, t.valid_to, t.source, t.reviewed_on, t.row_count, t.sha256
  from gov.tax_tables as t
 where t.tax_table_id = $1::uuid
