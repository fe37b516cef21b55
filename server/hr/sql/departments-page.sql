-- departments-page: a page of departments, in any order that the list offers
--   $1 text     code, null: any
--   $2 text     status, null: any
--   $3 text     words to look for, null: none
--   $4 text     sort field, $5 boolean  descending
--   $6 text     key of the last row seen, $7 uuid  its id, null: first page
--   $8 bigint   at most so many
select d.department_id,
       d.code,
       d.name,
       d.status,
       d.version
  from hr_core.departments as d
 cross join lateral (select case $4::text when 'name' then d.name else d.code end as key) as k
 where true
   and ($1::text is null or d.code = $1)
   and ($2::text is null or d.status = $2)
   and ($3::text is null or d.code ilike '%' || $3 || '%' or d.name ilike '%' || $3 || '%')
   and ($7::uuid is null
        or (not $5::boolean and (k.key, d.department_id) > ($6::text, $7))
        or ($5 and (k.key, d.department_id) < ($6, $7)))
 order by case when not $5 then k.key end,
          case when $5 then k.key end desc,
          case when not $5 then d.department_id end,
          case when $5 then d.department_id end desc
 limit $8::bigint;
