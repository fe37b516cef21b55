-- relievers-page: a page of relievers, in any order that the list offers
--   $1 uuid     shift_instance_id, null: any
--   $2 uuid     reliever_id, null: any
--   $3 uuid     relieved_id, null: any
--   $4 text     status, null: any
--   $5 date     first day, null: any
--   $6 date     last day, null: any
--   $7 text     words to look for, null: none
--   $8 text     sort field, $9 boolean  descending
--   $10 text     key of the last row seen, $11 uuid  its id, null: first page
--   $12 bigint   at most so many
select r.relief_id,
       r.shift_instance_id,
       r.duty_date,
       r.detachment_id,
       r.shift_id,
       r.position_id,
       r.reliever_id,
       r.relieved_id,
       r.starts_at,
       r.ends_at,
       r.reason,
       r.note,
       r.status,
       r.after_the_fact,
       r.version
  from scheduling.relievers as r
 cross join lateral (select r.duty_date::text as key) as k
 where $8::text is not null -- one order only
   and ($1::uuid is null or r.shift_instance_id = $1)
   and ($2::uuid is null or r.reliever_id = $2)
   and ($3::uuid is null or r.relieved_id = $3)
   and ($4::text is null or r.status = $4)
   and ($5::date is null or r.duty_date >= $5)
   and ($6::date is null or r.duty_date <= $6)
   and ($7::text is null or strpos(lower(r.note), lower($7)) > 0)
   and ($11::uuid is null
        or (not $9::boolean and (k.key, r.relief_id) > ($10::text, $11))
        or ($9 and (k.key, r.relief_id) < ($10, $11)))
 order by case when not $9 then k.key end,
          case when $9 then k.key end desc,
          case when not $9 then r.relief_id end,
          case when $9 then r.relief_id end desc
 limit $12::bigint;
