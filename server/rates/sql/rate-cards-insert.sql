-- rate-cards-insert: a set of cards, one array per column
--   $1 uuid[] card, $2 uuid[] detachment, $3 uuid[] shift, $4 uuid[] position, $5 text[] basis, $6 bigint[] amount, $7 bigint[] factor,
--   $8 boolean[] salaried, $9 boolean[] covers rest days, $10 boolean[] covers special days, $11 date[] from, $12 date[] to, $13 text[] reason
insert into finance_rates.rate_cards
  (rate_card_id, detachment_id, shift_id, position_id, basis, amount_centavos, factor, salaried, covers_rest_days, covers_special_days,
   valid_from, valid_to, reason)
select n.*
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::boolean[], $9::boolean[],
              $10::boolean[], $11::date[], $12::date[], $13::text[])
    as n (card, detachment, shift, post, basis, amount, factor, salaried, rest, special, valid_from, valid_to, reason)
 order by n.card
