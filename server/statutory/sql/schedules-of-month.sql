-- schedules-of-month: contributions of a month as they stand, with what earlier months left to be recovered
--   $1 date first day of the month, $2 uuid[] employees; null: all
select coalesce(m.schedule_id, '00000000-0000-0000-0000-000000000000') as schedule_id, o.employee_id, $1::date as month, o.scheme,
       coalesce(m.status, 'PLANNED') as status, coalesce(m.waived_all, false) as waived_all, coalesce(m.waived_centavos, 0) as waived_centavos,
       o.carried, coalesce(m.base_centavos, 0) as base_centavos, coalesce(m.employee_due_centavos, 0) as employee_due_centavos,
       coalesce(m.employee_taken_centavos, 0) as employee_taken_centavos, coalesce(m.employer_due_centavos, 0) as employer_due_centavos,
       coalesce(m.employee_mpf_centavos, 0) as employee_mpf_centavos, coalesce(m.employer_mpf_centavos, 0) as employer_mpf_centavos,
       coalesce(m.employer_ec_centavos, 0) as employer_ec_centavos
  from (select s.employee_id, s.scheme, sum(s.carried_centavos - s.recovered_centavos)::bigint as carried
          from gov.schedules as s
         where (s.month = $1 or (s.month < $1 and s.carried_centavos > s.recovered_centavos))
           and ($2::uuid[] is null or s.employee_id = any ($2::uuid[]))
         group by s.employee_id, s.scheme) as o
  left join gov.schedules as m on m.employee_id = o.employee_id and m.scheme = o.scheme and m.month = $1
 order by o.employee_id, o.scheme
