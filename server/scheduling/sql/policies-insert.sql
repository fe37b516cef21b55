-- policies-insert: a set of attendance policies, one array per column
insert into scheduling.attendance_policies
       (policy_id, code, name, detachment_id, valid_from, valid_to, early_margin_minutes, late_margin_minutes, duplicate_window_minutes, rounding_step_minutes, rounding, longest_duty_minutes, skew_tolerance_minutes, pay_before_start, pay_after_end, day_type_of_duty, regular_minutes, night_from_minute, night_to_minute)
select policy_id, code, name, detachment_id, valid_from, valid_to, early_margin_minutes, late_margin_minutes, duplicate_window_minutes, rounding_step_minutes, rounding, longest_duty_minutes, skew_tolerance_minutes, pay_before_start, pay_after_end, day_type_of_duty, regular_minutes, night_from_minute, night_to_minute
  from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::date[], $6::date[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::bigint[], $13::bigint[], $14::boolean[], $15::boolean[], $16::boolean[], $17::bigint[], $18::bigint[], $19::bigint[])
    as n (policy_id, code, name, detachment_id, valid_from, valid_to, early_margin_minutes, late_margin_minutes, duplicate_window_minutes, rounding_step_minutes, rounding, longest_duty_minutes, skew_tolerance_minutes, pay_before_start, pay_after_end, day_type_of_duty, regular_minutes, night_from_minute, night_to_minute)
 order by policy_id;
