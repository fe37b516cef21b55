-- employees-by-no: these employees with the employment in force, by id
--   $1 text[]   employee numbers
select e.employee_id,
       e.employee_no,
       e.family_name,
       e.given_name,
       e.middle_name,
       e.status,
       e.hired_on,
       e.separated_on,
       m.valid_from as effective_on,
       m.position_id,
       p.code as position_code,
       m.department_id,
       d.code as department_code,
       m.pay_basis,
       m.monthly_rate_centavos,
       m.minimum_wage_earner,
       e.email,
       e.phone,
       e.version
  from hr_core.employees as e
  join (select distinct n from unnest($1::text[]) as n) as w on w.n = e.employee_no
  left join lateral (
         select h.*
           from hr_core.employments as h
          where h.tenant_id = e.tenant_id
            and h.employee_id = e.employee_id
          order by h.valid_from > current_date, abs(h.valid_from - current_date)
          limit 1) as m on true
  left join hr_core.positions as p on p.tenant_id = e.tenant_id and p.position_id = m.position_id
  left join hr_core.departments as d on d.tenant_id = e.tenant_id and d.department_id = m.department_id
 order by e.employee_id;
