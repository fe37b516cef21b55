-- shifts-page: a page of shifts, in any order that the list offers
--   $1 text     code, null: any
--   $2 text     status, null: any
--   $3 text     words to look for, null: none
--   $4 text     sort field, $5 boolean  descending
--   $6 text     key of the last row seen, $7 uuid  its id, null: first page
--   $8 bigint   at most so many
select s.shift_id,
       s.code,
       s.name,
       s.start_minute,
       s.end_minute,
       s.break_mode,
       s.break_minutes,
       s.break_start_minute,
       s.grace_in_minutes,
       s.grace_out_minutes,
       s.status,
       s.version
  from hr_core.shifts as s
 cross join lateral (select case $4::text when 'name' then s.name else s.code end as key) as k
 where true
   and ($1::text is null or s.code = $1)
   and ($2::text is null or s.status = $2)
   and ($3::text is null or s.code ilike '%' || $3 || '%' or s.name ilike '%' || $3 || '%')
   and ($7::uuid is null
        or (not $5::boolean and (k.key, s.shift_id) > ($6::text, $7))
        or ($5 and (k.key, s.shift_id) < ($6, $7)))
 order by case when not $5 then k.key end,
          case when $5 then k.key end desc,
          case when not $5 then s.shift_id end,
          case when $5 then s.shift_id end desc
 limit $8::bigint;
