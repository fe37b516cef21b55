-- relievers-insert: a set of relievers, one array per column
insert into scheduling.relievers
       (relief_id, shift_instance_id, duty_date, detachment_id, shift_id, position_id, reliever_id, relieved_id, starts_at, ends_at, reason, note, status, after_the_fact)
select relief_id, shift_instance_id, duty_date, detachment_id, shift_id, position_id, reliever_id, relieved_id, starts_at, ends_at, reason, note, status, after_the_fact
  from unnest($1::uuid[], $2::uuid[], $3::date[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::timestamptz[], $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::boolean[])
    as n (relief_id, shift_instance_id, duty_date, detachment_id, shift_id, position_id, reliever_id, relieved_id, starts_at, ends_at, reason, note, status, after_the_fact)
 order by relief_id;
