-- employees-search: whose number or name holds the words
--   $1 text     words, $2 bigint  at most so many
select e.employee_id
  from hr_core.employees as e
 where strpos(lower(e.employee_no || ' ' || e.family_name || ', ' || e.given_name), lower($1::text)) > 0
 order by e.employee_no
 limit $2::bigint;
