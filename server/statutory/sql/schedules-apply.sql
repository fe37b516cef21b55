-- schedules-apply: what a closed payrun asked for and took; gives what was deferred and how it was to follow
--   $1 uuid[] id, $2 uuid[] employee, $3 date[] month, $4 text[] scheme, $5 bigint[] base, $6 employee due, $7 employee taken,
--   $8 employer due, $9 employee mpf, $10 employer mpf, $11 employer ec, $12 recovered of earlier months: all bigint[]
insert into gov.schedules as s
  (schedule_id, employee_id, month, scheme, status, base_centavos, employee_due_centavos, employee_taken_centavos, employer_due_centavos,
   employee_mpf_centavos, employer_mpf_centavos, employer_ec_centavos, carried_centavos, recovered_centavos)
select n.id, n.employee, n.month, n.scheme,
       case when n.taken >= n.due then 'APPLIED' when n.taken > 0 then 'PARTIAL' else 'DEFERRED' end,
       n.base, n.due, n.taken, n.employer, n.mpf, n.employer_mpf, n.ec, n.recovered, n.recovered
  from unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
              $10::bigint[], $11::bigint[], $12::bigint[])
    as n (id, employee, month, scheme, base, due, taken, employer, mpf, employer_mpf, ec, recovered)
 order by n.employee, n.month, n.scheme
on conflict (tenant_id, employee_id, month, scheme) do update
   set base_centavos = excluded.base_centavos,
       employee_due_centavos = s.employee_due_centavos + excluded.employee_due_centavos,
       employee_taken_centavos = s.employee_taken_centavos + excluded.employee_taken_centavos,
       employer_due_centavos = s.employer_due_centavos + excluded.employer_due_centavos,
       employee_mpf_centavos = s.employee_mpf_centavos + excluded.employee_mpf_centavos,
       employer_mpf_centavos = s.employer_mpf_centavos + excluded.employer_mpf_centavos,
       employer_ec_centavos = s.employer_ec_centavos + excluded.employer_ec_centavos,
       -- What was recovered beyond what was planned was planned by hand.
       carried_centavos = greatest(s.carried_centavos, s.recovered_centavos + excluded.recovered_centavos),
       recovered_centavos = s.recovered_centavos + excluded.recovered_centavos,
       status = case when s.employee_taken_centavos + excluded.employee_taken_centavos >= s.employee_due_centavos + excluded.employee_due_centavos then 'APPLIED'
                     when s.waived_all or s.waived_centavos > 0 then 'WAIVED'
                     when s.employee_taken_centavos + excluded.employee_taken_centavos > 0 then 'PARTIAL'
                     else 'DEFERRED' end,
       version = s.version + 1
returning s.employee_id, s.month, s.scheme, s.follow_up, s.follow_up_plan
