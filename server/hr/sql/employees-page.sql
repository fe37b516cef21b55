-- employees-page: a page of employees with the employment in force, in any order that the list offers
--   $1 text     employee_no, null: any
--   $2 text     status, null: any
--   $3 uuid     position_id, null: any
--   $4 uuid     department_id, null: any
--   $5 text     pay_basis, null: any
--   $6 text     words to look for in number and name, null: none
--   $7 text     sort field, $8 boolean  descending
--   $9 text     key of the last row seen, $10 uuid  its id, null: first page
--   $11 bigint  at most so many
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
  left join lateral (
         select h.*
           from hr_core.employments as h
          where h.tenant_id = e.tenant_id
            and h.employee_id = e.employee_id
          order by h.valid_from > current_date, abs(h.valid_from - current_date)
          limit 1) as m on true
  left join hr_core.positions as p on p.tenant_id = e.tenant_id and p.position_id = m.position_id
  left join hr_core.departments as d on d.tenant_id = e.tenant_id and d.department_id = m.department_id
 cross join lateral (
         select case $7::text when 'family_name' then e.family_name
                              when 'hired_on' then e.hired_on::text
                              else e.employee_no end as key) as k
 where ($1::text is null or e.employee_no = $1)
   and ($2::text is null or e.status = $2)
   and ($3::uuid is null or m.position_id = $3)
   and ($4::uuid is null or m.department_id = $4)
   and ($5::text is null or m.pay_basis = $5)
   and ($6::text is null or strpos(lower(e.employee_no || ' ' || e.family_name || ', ' || e.given_name), lower($6)) > 0)
   and ($10::uuid is null
        or (not $8::boolean and (k.key, e.employee_id) > ($9::text, $10))
        or ($8 and (k.key, e.employee_id) < ($9, $10)))
 order by case when not $8 then k.key end,
          case when $8 then k.key end desc,
          case when not $8 then e.employee_id end,
          case when $8 then e.employee_id end desc
 limit $11::bigint;
