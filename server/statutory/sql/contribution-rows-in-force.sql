-- contribution-rows-in-force: brackets of every fund
--   $1 date  only tables in force on it; null: of all dates
select t.scheme, t.valid_from, t.valid_to, t.source,
       r.row_no, r.at_least_centavos, r.not_over_centavos, r.credit_centavos,
       r.employee_centavos, r.employee_mpf_centavos, r.employer_centavos, r.employer_mpf_centavos, r.employer_ec_centavos,
       r.employee_rate, r.employer_rate, r.base_floor_centavos, r.base_ceiling_centavos
  from gov.contribution_tables as t
  join gov.contribution_rows as r using (tenant_id, contribution_table_id)
 where $1::date is null or daterange(t.valid_from, t.valid_to, '[]') @> $1::date
