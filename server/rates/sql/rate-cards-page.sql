-- rate-cards-page: cards by the day they begin
--   $1 uuid detachment, $2 uuid shift, $3 uuid position, $4 text basis, $5 date in force on: null: any
--   $6 text words, $7 text sort field, $8 boolean descending, $9 text key of the last row seen, $10 uuid its id, $11 bigint at most so many
select c.rate_card_id, c.detachment_id, c.shift_id, c.position_id, c.basis, c.amount_centavos, c.factor, c.salaried,
       c.covers_rest_days, c.covers_special_days, c.valid_from, c.valid_to, c.reason, c.version, c.updated_at
  from finance_rates.rate_cards as c
 cross join lateral (select c.valid_from::text as key) as k
 where ($1::uuid is null or c.detachment_id = $1)
   and ($2::uuid is null or c.shift_id = $2)
   and ($3::uuid is null or c.position_id = $3)
   and ($4::text is null or c.basis = $4)
   and ($5::date is null or daterange(c.valid_from, c.valid_to, '[]') @> $5)
   and ($6::text is null or c.reason ilike '%' || $6 || '%')
   and $7::text is not null
   and ($10::uuid is null
        or (not $8::boolean and (k.key, c.rate_card_id) > ($9::text, $10))
        or ($8 and (k.key, c.rate_card_id) < ($9, $10)))
 order by case when not $8 then k.key end, case when $8 then k.key end desc,
          case when not $8 then c.rate_card_id end, case when $8 then c.rate_card_id end desc
 limit $11::bigint
