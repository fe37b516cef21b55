-- schedule-taken: whether a month's share was taken or asked for already
--   $1 uuid employee, $2 date month, $3 text scheme
select s.schedule_id
  from gov.schedules as s
 where s.employee_id = $1::uuid and s.month = $2::date and s.scheme = $3::text
   and (s.employee_due_centavos <> 0 or s.employee_taken_centavos <> 0)
