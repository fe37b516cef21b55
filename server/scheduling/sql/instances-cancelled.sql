-- instances-cancelled: shift instances on which nobody stands
--   $1 date     first day, $2 date  last day
select i.duty_date,
       i.detachment_id,
       i.shift_id
  from scheduling.shift_instances as i
 where i.status = 'CANCELLED'
   and i.duty_date between $1::date and $2::date;
