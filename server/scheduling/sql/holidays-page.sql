-- holidays-page: a page of holidays, in any order that the list offers
--   $1 text     day_type, null: any
--   $2 text     scope, null: any
--   $3 text     status, null: any
--   $4 date     first day, null: any
--   $5 date     last day, null: any
--   $6 text     words to look for, null: none
--   $7 text     sort field, $8 boolean  descending
--   $9 text     key of the last row seen, $10 uuid  its id, null: first page
--   $11 bigint   at most so many
select h.holiday_id,
       h.on_date,
       h.name,
       h.day_type,
       h.scope,
       h.source,
       h.status,
       -- Where a city lies is not told here: a region's day and a city's may meet.
       exists (select from scheduling.holidays as o
                where o.on_date = h.on_date and o.status = 'ACTIVE' and h.status = 'ACTIVE'
                  and (h.day_type, o.day_type) in (('regular', 'special'), ('special', 'regular'))
                  and (o.scope = h.scope or 'national' in (o.scope, h.scope)
                       or split_part(o.scope, ':', 1) <> split_part(h.scope, ':', 1))) as for_a_person,
       h.version
  from scheduling.holidays as h
 cross join lateral (select h.on_date::text as key) as k
 where $7::text is not null -- one order only
   and ($1::text is null or h.day_type = $1)
   and ($2::text is null or h.scope = $2)
   and ($3::text is null or h.status = $3)
   and ($4::date is null or h.on_date >= $4)
   and ($5::date is null or h.on_date <= $5)
   and ($6::text is null or strpos(lower(h.name), lower($6)) > 0 or strpos(lower(h.scope), lower($6)) > 0)
   and ($10::uuid is null
        or (not $8::boolean and (k.key, h.holiday_id) > ($9::text, $10))
        or ($8 and (k.key, h.holiday_id) < ($9, $10)))
 order by case when not $8 then k.key end,
          case when $8 then k.key end desc,
          case when not $8 then h.holiday_id end,
          case when $8 then h.holiday_id end desc
 limit $11::bigint;
