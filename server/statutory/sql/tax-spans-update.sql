-- tax-spans-update: when a table ends, and what is said about it
--   $1 uuid[] id, $2 date[] to, $3 text[] source, $4 date[] reviewed on
update gov.tax_tables as t
   set valid_to = n.valid_to, source = n.source, reviewed_on = n.reviewed_on
  from unnest($1::uuid[], $2::date[], $3::text[], $4::date[]) as n (id, valid_to, source, reviewed_on)
 where t.tax_table_id = n.id
