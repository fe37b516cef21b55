-- relievers-one: one of the relievers
--   $1 uuid     relief_id
select r.relief_id,
       r.shift_instance_id,
       r.duty_date,
       r.detachment_id,
       r.shift_id,
       r.position_id,
       r.reliever_id,
       r.relieved_id,
       r.starts_at,
       r.ends_at,
       r.reason,
       r.note,
       r.status,
       r.after_the_fact,
       r.version
  from scheduling.relievers as r
 where r.relief_id = $1::uuid;
