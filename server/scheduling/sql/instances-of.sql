-- instances-of: the shift instances of these dates, detachments and shifts, in the order asked for
--   $1 date[] duty dates, $2 uuid[] detachments, $3 uuid[] shifts
select w.n,
       i.shift_instance_id
  from unnest($1::date[], $2::uuid[], $3::uuid[]) with ordinality as w (duty_date, detachment_id, shift_id, n)
  join scheduling.shift_instances as i
    on i.duty_date = w.duty_date
   and i.detachment_id = w.detachment_id
   and i.shift_id = w.shift_id
 order by w.n;
