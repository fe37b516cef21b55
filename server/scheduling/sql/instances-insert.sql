-- instances-insert: a set of shift instances, one array per column
insert into scheduling.shift_instances
       (shift_instance_id, duty_date, detachment_id, shift_id, headcount, status, note)
select shift_instance_id, duty_date, detachment_id, shift_id, headcount, status, note
  from unnest($1::uuid[], $2::date[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::text[])
    as n (shift_instance_id, duty_date, detachment_id, shift_id, headcount, status, note)
 order by shift_instance_id;
