-- employments-insert: a set of employments, one array per column
--   $1 uuid[] employments, $2 uuid[] employees, $3 date[] first days, $4 date[] last days, $5 uuid[] positions,
--   $6 uuid[] departments, $7 text[] pay bases, $8 bigint[] monthly rates (0: none), $9 boolean[] minimum wage earners
insert into hr_core.employments
       (employment_id, employee_id, valid_from, valid_to, position_id, department_id, pay_basis, monthly_rate_centavos, minimum_wage_earner)
select n.employment_id, n.employee_id, n.valid_from, n.valid_to, n.position_id, n.department_id, n.pay_basis,
       nullif(n.monthly_rate_centavos, 0), n.minimum_wage_earner
  from unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[], $5::uuid[], $6::uuid[], $7::text[], $8::bigint[], $9::boolean[])
    as n (employment_id, employee_id, valid_from, valid_to, position_id, department_id, pay_basis, monthly_rate_centavos, minimum_wage_earner);
