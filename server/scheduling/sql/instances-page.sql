-- instances-page: a page of shift instances, in any order that the list offers
--   $1 uuid     detachment_id, null: any
--   $2 uuid     shift_id, null: any
--   $3 text     status, null: any
--   $4 date     first day, null: any
--   $5 date     last day, null: any
--   $6 text     words to look for, null: none
--   $7 text     sort field, $8 boolean  descending
--   $9 text     key of the last row seen, $10 uuid  its id, null: first page
--   $11 bigint   at most so many
select i.shift_instance_id,
       i.duty_date,
       i.detachment_id,
       i.shift_id,
       i.headcount,
       i.status,
       i.note,
       i.version
  from scheduling.shift_instances as i
 cross join lateral (select i.duty_date::text as key) as k
 where $7::text is not null -- one order only
   and ($1::uuid is null or i.detachment_id = $1)
   and ($2::uuid is null or i.shift_id = $2)
   and ($3::text is null or i.status = $3)
   and ($4::date is null or i.duty_date >= $4)
   and ($5::date is null or i.duty_date <= $5)
   and ($6::text is null or strpos(lower(i.note), lower($6)) > 0)
   and ($10::uuid is null
        or (not $8::boolean and (k.key, i.shift_instance_id) > ($9::text, $10))
        or ($8 and (k.key, i.shift_instance_id) < ($9, $10)))
 order by case when not $8 then k.key end,
          case when $8 then k.key end desc,
          case when not $8 then i.shift_instance_id end,
          case when $8 then i.shift_instance_id end desc
 limit $11::bigint;
