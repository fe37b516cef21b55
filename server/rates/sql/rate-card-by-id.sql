-- rate-card-by-id: one card
--   $1 uuid card
select c.rate_card_id, c.detachment_id, c.shift_id, c.position_id, c.basis, c.amount_centavos, c.factor, c.salaried,
       c.covers_rest_days, c.covers_special_days, c.valid_from, c.valid_to, c.reason, c.version, c.updated_at
  from finance_rates.rate_cards as c
 where c.rate_card_id = $1::uuid
