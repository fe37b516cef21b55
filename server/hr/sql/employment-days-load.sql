-- employment-days-load: first and last day of employment of these employees, by id
--   $1 uuid[]   employees
select e.employee_id,
       e.hired_on,
       e.separated_on
  from hr_core.employees as e
  join unnest($1::uuid[]) as w (employee_id) on w.employee_id = e.employee_id
 order by e.employee_id;
