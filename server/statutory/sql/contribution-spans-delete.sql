-- contribution-spans-delete: tables that never were in force
--   $1 uuid[] id
delete from gov.contribution_tables as t where t.contribution_table_id = any ($1::uuid[])
