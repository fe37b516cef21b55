-- rate-cards-lock: holds the timeline of one post until the change is stored
--   $1 uuid detachment, $2 uuid shift, $3 uuid position
select c.rate_card_id
  from finance_rates.rate_cards as c
 where c.detachment_id = $1::uuid and c.shift_id = $2::uuid and c.position_id = $3::uuid
 order by c.rate_card_id
   for update
