-- tax-spans: the heads of the tables that stand, for the loader
select t.tax_table_id as table_id, t.period as subject, t.valid_from, t.valid_to, t.source, t.reviewed_on, t.sha256
  from gov.tax_tables as t
 order by t.period, t.valid_from
   for update
