-- rate-cards-in-force: every card that touches a span of days, by post and date
--   $1 date from, $2 date to
select c.rate_card_id, c.detachment_id, c.shift_id, c.position_id, c.basis, c.amount_centavos, c.factor, c.salaried,
       c.covers_rest_days, c.covers_special_days, c.valid_from, c.valid_to
  from finance_rates.rate_cards as c
 where daterange(c.valid_from, c.valid_to, '[]') && daterange($1::date, $2::date, '[]')
 order by c.detachment_id, c.shift_id, c.position_id, c.valid_from
