-- instances-wanted: what assignments want between two days and is not there yet, with the heads assigned
--   $1 date     first day, $2 date  last day
select d.duty_date::date as duty_date,
       a.detachment_id,
       a.shift_id,
       count(*) as headcount
  from scheduling.assignments as a
 cross join lateral generate_series(greatest(a.valid_from, $1::date)::timestamp, least(coalesce(a.valid_to, 'infinity'), $2::date)::timestamp,
                                    interval '1 day') as d (duty_date)
 where a.valid_from <= $2
   and coalesce(a.valid_to, 'infinity') >= $1
   and not exists (select from scheduling.shift_instances as i
                    where i.duty_date = d.duty_date::date
                      and i.detachment_id = a.detachment_id
                      and i.shift_id = a.shift_id)
 group by d.duty_date, a.detachment_id, a.shift_id
 order by d.duty_date, a.detachment_id, a.shift_id;
