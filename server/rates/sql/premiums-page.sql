-- premiums-page: the matrix, row by row
--   $1 text day type, $2 text rest day, $3 date in force on: null: any
--   $4 text words, $5 text sort field, $6 boolean descending, $7 text key of the last row seen, $8 uuid its id, $9 bigint at most so many
select p.premium_id, p.row_no, p.day_type, p.rest_day, p.unworked, p.first8, p.overtime, p.first8_night, p.overtime_night,
       p.valid_from, p.valid_to, p.source
  from finance_rates.premiums as p
 where ($1::text is null or p.day_type = $1)
   and ($2::text is null or p.rest_day = $2::text::boolean)
   and ($3::date is null or daterange(p.valid_from, p.valid_to, '[]') @> $3)
   and ($4::text is null or p.source ilike '%' || $4 || '%')
   and $5::text is not null
   and ($8::uuid is null
        or (not $6::boolean and (p.row_no, p.premium_id) > ($7::text::bigint, $8))
        or ($6 and (p.row_no, p.premium_id) < ($7::text::bigint, $8)))
 order by case when not $6 then p.row_no end, case when $6 then p.row_no end desc,
          case when not $6 then p.premium_id end, case when $6 then p.premium_id end desc
 limit $9::bigint
