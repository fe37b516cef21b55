-- tax-spans-delete: tables that never were in force
--   $1 uuid[] id
delete from gov.tax_tables as t where t.tax_table_id = any ($1::uuid[])
