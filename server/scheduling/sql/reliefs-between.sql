-- reliefs-between: the reliefs in force with a duty date between two days, by whose post and start
--   $1 date     first day, $2 date  last day
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
       r.reason
  from scheduling.relievers as r
 where r.duty_date between $1::date and $2::date
   and r.status = 'ASSIGNED'
 order by r.relieved_id nulls last, r.starts_at;
