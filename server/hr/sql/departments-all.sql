-- departments-all: all departments of the tenant, by id
select d.department_id,
       d.code,
       d.name,
       d.status,
       d.version
  from hr_core.departments as d
 order by d.department_id;
