-- schedules-of-month: contributions of a month as they stand
--   $1 date first day of the month, $2 uuid[] employees; null: all
select s.schedule_id, s.employee_id, s.month, s.scheme, s.status, s.waived_all, s.waived_centavos, s.carried_centavos - s.recovered_centavos as carried,
       s.base_centavos, s.employee_due_centavos, s.employee_taken_centavos, s.employer_due_centavos,
       s.employee_mpf_centavos, s.employer_mpf_centavos, s.employer_ec_centavos
  from gov.schedules as s
 where s.month = $1::date
   and ($2::uuid[] is null or s.employee_id = any ($2::uuid[]))
 order by s.employee_id, s.scheme
