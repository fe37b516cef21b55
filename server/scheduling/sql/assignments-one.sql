-- assignments-one: one of the assignments
--   $1 uuid     assignment_id
select a.assignment_id,
       a.employee_id,
       a.detachment_id,
       a.shift_id,
       a.position_id,
       a.valid_from,
       a.valid_to,
       a.rest_weekdays,
       a.note,
       a.version
  from scheduling.assignments as a
 where a.assignment_id = $1::uuid;
