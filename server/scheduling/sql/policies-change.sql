-- policies-change: the row as it is now, unless it has moved on
--   $1 uuid     policy_id, $2 bigint  the version that was read, then the columns
update scheduling.attendance_policies
   set code = $3::text,
       name = $4::text,
       detachment_id = $5::uuid,
       valid_from = $6::date,
       valid_to = $7::date,
       early_margin_minutes = $8::bigint,
       late_margin_minutes = $9::bigint,
       duplicate_window_minutes = $10::bigint,
       rounding_step_minutes = $11::bigint,
       rounding = $12::text,
       longest_duty_minutes = $13::bigint,
       skew_tolerance_minutes = $14::bigint,
       pay_before_start = $15::boolean,
       pay_after_end = $16::boolean,
       day_type_of_duty = $17::boolean,
       regular_minutes = $18::bigint,
       night_from_minute = $19::bigint,
       night_to_minute = $20::bigint,
       version = version + 1
 where policy_id = $1::uuid
   and version = $2::bigint;
