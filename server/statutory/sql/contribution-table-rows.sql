-- contribution-table-rows: the brackets of one table
--   $1 uuid table
select r.row_no, r.at_least_centavos, coalesce(r.not_over_centavos, 0) as not_over_centavos, r.credit_centavos, r.employee_centavos,
       r.employee_mpf_centavos, r.employer_centavos, r.employer_mpf_centavos, r.employer_ec_centavos, r.employee_rate, r.employer_rate,
       r.base_floor_centavos, r.base_ceiling_centavos
  from gov.contribution_rows as r
 where r.contribution_table_id = $1::uuid
 order by r.row_no
