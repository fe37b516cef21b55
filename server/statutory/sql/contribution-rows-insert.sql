-- contribution-rows-insert: brackets of new tables
--   $1 uuid[] table, $2 bigint[] row, $3 at least, $4 not over (-1: no end), $5 credit, $6 employee, $7 employee mpf,
--   $8 employer, $9 employer mpf, $10 employer ec, $11 employee rate, $12 employer rate, $13 floor, $14 ceiling: all bigint[]
insert into gov.contribution_rows
  (contribution_table_id, row_no, at_least_centavos, not_over_centavos, credit_centavos, employee_centavos, employee_mpf_centavos,
   employer_centavos, employer_mpf_centavos, employer_ec_centavos, employee_rate, employer_rate, base_floor_centavos, base_ceiling_centavos)
select n.a, n.b, n.c, nullif(n.d, -1), n.e, n.f, n.g, n.h, n.i, n.j, n.k, n.l, n.m, n.o
  from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
              $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[])
    as n (a, b, c, d, e, f, g, h, i, j, k, l, m, o)
