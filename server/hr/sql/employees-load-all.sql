-- employees-load-all: every employee with the employment in force, by id
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
  left join (
         select distinct on (h.employee_id) h.*
           from hr_core.employments as h
          order by h.employee_id, h.valid_from > current_date, abs(h.valid_from - current_date)) as m on m.employee_id = e.employee_id
  left join hr_core.positions as p on p.tenant_id = e.tenant_id and p.position_id = m.position_id
  left join hr_core.departments as d on d.tenant_id = e.tenant_id and d.department_id = m.department_id
 order by e.employee_id;
