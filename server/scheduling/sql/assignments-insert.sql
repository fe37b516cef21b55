-- assignments-insert: a set of assignments, one array per column
insert into scheduling.assignments
       (assignment_id, employee_id, detachment_id, shift_id, position_id, valid_from, valid_to, rest_weekdays, note)
select assignment_id, employee_id, detachment_id, shift_id, position_id, valid_from, valid_to, rest_weekdays, note
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::date[], $7::date[], $8::text[], $9::text[])
    as n (assignment_id, employee_id, detachment_id, shift_id, position_id, valid_from, valid_to, rest_weekdays, note)
 order by assignment_id;
