-- assignments-between-all: what everybody is assigned to between two days, by employee and first day
--   $1 date     first day, $2 date  last day
select a.assignment_id,
       a.employee_id,
       a.detachment_id,
       a.shift_id,
       a.position_id,
       a.valid_from,
       a.valid_to,
       a.rest_weekdays
  from scheduling.assignments as a
 where a.valid_from <= $2::date
   and coalesce(a.valid_to, 'infinity') >= $1::date
 order by a.employee_id, a.valid_from;
