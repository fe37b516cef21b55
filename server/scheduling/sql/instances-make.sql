-- instances-make: shift instances that are not there yet; those that are stay as they are
--   $1 uuid[] ids, $2 date[] duty dates, $3 uuid[] detachments, $4 uuid[] shifts, $5 bigint[] headcounts
insert into scheduling.shift_instances
       (shift_instance_id, duty_date, detachment_id, shift_id, headcount)
select n.shift_instance_id, n.duty_date, n.detachment_id, n.shift_id, n.headcount
  from unnest($1::uuid[], $2::date[], $3::uuid[], $4::uuid[], $5::bigint[])
    as n (shift_instance_id, duty_date, detachment_id, shift_id, headcount)
 order by n.duty_date, n.detachment_id, n.shift_id
    on conflict (tenant_id, duty_date, detachment_id, shift_id) do nothing;
