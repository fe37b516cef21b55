-- schedules-page: contributions by month
--   $1 uuid employee, $2 date month, $3 text scheme, $4 text status: null: any
--   $5 text words (none are looked for), $6 text sort field, $7 boolean descending, $8 text key of the last row seen, $9 uuid its id,
--   $10 bigint at most so many
select s.schedule_id, s.employee_id, s.month, s.scheme, s.status, s.employee_due_centavos, s.employee_taken_centavos,
       s.employee_due_centavos - s.employee_taken_centavos as receivable_centavos, s.employer_due_centavos, s.waived_all, s.waived_centavos,
       s.follow_up, s.carried_centavos, s.recovered_centavos, s.version
  from gov.schedules as s
 cross join lateral (select s.month::text as key) as k
 where ($1::uuid is null or s.employee_id = $1)
   and ($2::date is null or s.month = $2)
   and ($3::text is null or s.scheme = $3)
   and ($4::text is null or s.status = $4)
   and ($5::text is null or s.status ilike $5)
   and $6::text is not null
   and ($9::uuid is null
        or (not $7::boolean and (k.key, s.schedule_id) > ($8::text, $9))
        or ($7 and (k.key, s.schedule_id) < ($8, $9)))
 order by case when not $7 then k.key end, case when $7 then k.key end desc,
          case when not $7 then s.schedule_id end, case when $7 then s.schedule_id end desc
 limit $10::bigint
