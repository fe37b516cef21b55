-- policies-between: the attendance policies in force on some day between two
--   $1 date     first day, $2 date  last day
select p.policy_id,
       p.code,
       p.name,
       p.detachment_id,
       p.valid_from,
       p.valid_to,
       p.early_margin_minutes,
       p.late_margin_minutes,
       p.duplicate_window_minutes,
       p.rounding_step_minutes,
       p.rounding,
       p.longest_duty_minutes,
       p.skew_tolerance_minutes,
       p.pay_before_start,
       p.pay_after_end,
       p.day_type_of_duty,
       p.regular_minutes,
       p.night_from_minute,
       p.night_to_minute,
       p.version
  from scheduling.attendance_policies as p
 where p.valid_from <= $2::date
   and coalesce(p.valid_to, 'infinity') >= $1::date
 order by p.policy_id;
