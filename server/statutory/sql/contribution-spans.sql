-- contribution-spans: the heads of the tables that stand, for the loader
select t.contribution_table_id as table_id, t.scheme as subject, t.valid_from, t.valid_to, t.source, t.reviewed_on, t.sha256
  from gov.contribution_tables as t
 order by t.scheme, t.valid_from
   for update
