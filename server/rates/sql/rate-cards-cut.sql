-- rate-cards-cut: cards that begin or end otherwise
--   $1 uuid[] card, $2 date[] from, $3 date[] to
update finance_rates.rate_cards as c
   set valid_from = n.valid_from, valid_to = n.valid_to, version = c.version + 1
  from unnest($1::uuid[], $2::date[], $3::date[]) as n (card, valid_from, valid_to)
 where c.rate_card_id = n.card
