-- tax-table-rows: the brackets of one table
--   $1 uuid table
select b.row_no, b.over_centavos, b.base_tax_centavos, b.rate
  from gov.tax_brackets as b
 where b.tax_table_id = $1::uuid
 order by b.row_no
