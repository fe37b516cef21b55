-- employments-page: a page of what an employee was employed as
--   $1 uuid     employee, $2 boolean  the latest first
--   $3 text     first day of the last row seen, $4 uuid  its id, null: first page
--   $5 bigint   at most so many
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
  left join hr_core.positions as p on p.tenant_id = h.tenant_id and p.position_id = h.position_id
  left join hr_core.departments as d on d.tenant_id = h.tenant_id and d.department_id = h.department_id
 where h.employee_id = $1::uuid
   and ($4::uuid is null
        or (not $2::boolean and h.valid_from > $3::text::date)
        or ($2 and h.valid_from < $3::text::date))
 order by case when not $2 then h.valid_from end,
          case when $2 then h.valid_from end desc
 limit $5::bigint;
