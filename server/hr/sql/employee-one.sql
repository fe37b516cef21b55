-- employee-one: one employee with the employment in force and everything that is sealed
--   $1 uuid     employee
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
       e.version,
       e.sss_no_sealed,
       e.philhealth_no_sealed,
       e.hdmf_no_sealed,
       e.tin_sealed,
       e.bank_account_sealed,
       e.birth_on_sealed,
       e.address_sealed
  from hr_core.employees as e
  left join lateral (
         select h.*
           from hr_core.employments as h
          where h.tenant_id = e.tenant_id
            and h.employee_id = e.employee_id
          order by h.valid_from > current_date, abs(h.valid_from - current_date)
          limit 1) as m on true
  left join hr_core.positions as p on p.tenant_id = e.tenant_id and p.position_id = m.position_id
  left join hr_core.departments as d on d.tenant_id = e.tenant_id and d.department_id = m.department_id
 where e.employee_id = $1::uuid;
