-- employments-load: what these employees were employed as between two days
--   $1 uuid[]   employees, $2 date  first day, $3 date  last day
select h.employment_id,
       h.employee_id,
       h.valid_from,
       h.valid_to,
       h.position_id,
       p.code as position_code,
       h.department_id,
       d.code as department_code,
       h.pay_basis,
       h.monthly_rate_centavos,
       h.minimum_wage_earner
  from hr_core.employments as h
  join unnest($1::uuid[]) as w (employee_id) on w.employee_id = h.employee_id
  left join hr_core.positions as p on p.tenant_id = h.tenant_id and p.position_id = h.position_id
  left join hr_core.departments as d on d.tenant_id = h.tenant_id and d.department_id = h.department_id
 where h.valid_from <= $3::date
   and coalesce(h.valid_to, 'infinity') >= $2::date
 order by h.employee_id, h.valid_from;
