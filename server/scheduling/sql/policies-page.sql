-- policies-page: a page of attendance policies, in any order that the list offers
--   $1 uuid     detachment_id, null: any
--   $2 text     words to look for, null: none
--   $3 text     sort field, $4 boolean  descending
--   $5 text     key of the last row seen, $6 uuid  its id, null: first page
--   $7 bigint   at most so many
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
 cross join lateral (select case $3::text when 'valid_from' then p.valid_from::text else p.code end as key) as k
 where true
   and ($1::uuid is null or p.detachment_id = $1)
   and ($2::text is null or strpos(lower(p.code), lower($2)) > 0 or strpos(lower(p.name), lower($2)) > 0)
   and ($6::uuid is null
        or (not $4::boolean and (k.key, p.policy_id) > ($5::text, $6))
        or ($4 and (k.key, p.policy_id) < ($5, $6)))
 order by case when not $4 then k.key end,
          case when $4 then k.key end desc,
          case when not $4 then p.policy_id end,
          case when $4 then p.policy_id end desc
 limit $7::bigint;
