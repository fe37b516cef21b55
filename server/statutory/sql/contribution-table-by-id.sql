-- contribution-table-by-id: one head
--   $1 uuid table
select t.contribution_table_id, t.scheme, t.valid_from, t.valid_to, t.source, t.reviewed_on, t.row_count, t.sha256
  from gov.contribution_tables as t
 where t.contribution_table_id = $1::uuid
