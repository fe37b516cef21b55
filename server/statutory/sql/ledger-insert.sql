-- ledger-insert: both books of one closed part of a payrun; rows of nothing are left out
--   $1 uuid[] id, $2 uuid event, $3 uuid payrun, $4 uuid[] employee, $5 date[] month, $6 text[] scheme, $7 text[] book,
--   $8 bigint[] employee, $9 bigint[] employer, $10 date paid on
insert into gov.ledger (ledger_id, event_id, payrun_id, employee_id, month, scheme, book, employee_centavos, employer_centavos, paid_on)
select n.id, $2::uuid, $3::uuid, n.employee, n.month, n.scheme, n.book, n.employee_share, n.employer_share, $10::date
  from unnest($1::uuid[], $4::uuid[], $5::date[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])
    as n (id, employee, month, scheme, book, employee_share, employer_share)
 where n.employee_share <> 0 or n.employer_share <> 0
