-- departments-insert: a set of departments, one array per column
insert into hr_core.departments
       (department_id, code, name, status)
select department_id, code, name, status
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
    as n (department_id, code, name, status)
 order by department_id;
