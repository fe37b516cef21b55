-- assignments-between: what these employees are assigned to between two days, by employee and first day
--   $1 uuid[]   employees, $2 date  first day, $3 date  last day
select a.assignment_id,
       a.employee_id,
       a.detachment_id,
       a.shift_id,
       a.position_id,
       a.valid_from,
       a.valid_to,
       a.rest_weekdays
  from scheduling.assignments as a
  join (select distinct e from unnest($1::uuid[]) as e) as w on w.e = a.employee_id
 where a.valid_from <= $3::date
   and coalesce(a.valid_to, 'infinity') >= $2::date
 order by a.employee_id, a.valid_from;
