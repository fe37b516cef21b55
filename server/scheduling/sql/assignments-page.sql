-- assignments-page: a page of assignments, in any order that the list offers
--   $1 uuid[]   employees that the words fit, null: any
--   $2 uuid     employee_id, null: any
--   $3 uuid     detachment_id, null: any
--   $4 uuid     shift_id, null: any
--   $5 uuid     position_id, null: any
--   $6 date     a day on which it holds, null: any
--   $7 text     words to look for, null: none
--   $8 text     sort field, $9 boolean  descending
--   $10 text     key of the last row seen, $11 uuid  its id, null: first page
--   $12 bigint   at most so many
select a.assignment_id,
       a.employee_id,
       a.detachment_id,
       a.shift_id,
       a.position_id,
       a.valid_from,
       a.valid_to,
       a.rest_weekdays,
       a.note,
       a.version
  from scheduling.assignments as a
 cross join lateral (select a.valid_from::text as key) as k
 where $8::text is not null -- one order only
   and ($2::uuid is null or a.employee_id = $2)
   and ($3::uuid is null or a.detachment_id = $3)
   and ($4::uuid is null or a.shift_id = $4)
   and ($5::uuid is null or a.position_id = $5)
   and ($6::date is null or a.valid_from <= $6 and coalesce(a.valid_to, 'infinity') >= $6)
   and ($7::text is null or a.employee_id = any($1::uuid[]))
   and ($11::uuid is null
        or (not $9::boolean and (k.key, a.assignment_id) > ($10::text, $11))
        or ($9 and (k.key, a.assignment_id) < ($10, $11)))
 order by case when not $9 then k.key end,
          case when $9 then k.key end desc,
          case when not $9 then a.assignment_id end,
          case when $9 then a.assignment_id end desc
 limit $12::bigint;
