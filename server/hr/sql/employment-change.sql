-- employment-change: the employment that begins on a day is corrected
--   $1 uuid     employee, $2 date  its first day, $3 uuid position, $4 uuid department, $5 text pay basis, $6 bigint monthly rate, $7 boolean
update hr_core.employments
   set position_id = $3::uuid,
       department_id = $4::uuid,
       pay_basis = $5::text,
       monthly_rate_centavos = nullif($6::bigint, 0),
       minimum_wage_earner = $7::boolean
 where employee_id = $1::uuid
   and valid_from = $2::date;
