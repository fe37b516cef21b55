-- rate-cards-of-post: the whole timeline of one post
--   $1 uuid detachment, $2 uuid shift, $3 uuid position
select c.rate_card_id, c.detachment_id, c.shift_id, c.position_id, c.basis, c.amount_centavos, c.factor, c.salaried,
       c.covers_rest_days, c.covers_special_days, c.valid_from, c.valid_to, c.reason, c.version, c.updated_at
  from finance_rates.rate_cards as c
 where c.detachment_id = $1::uuid and c.shift_id = $2::uuid and c.position_id = $3::uuid
 order by c.valid_from
