-- departments-one: one of the departments
--   $1 uuid     department_id
select d.department_id,
       d.code,
       d.name,
       d.status,
       d.version
  from hr_core.departments as d
 where d.department_id = $1::uuid;
