-- premiums-update: rows end
--   $1 uuid[] id, $2 date[] to
update finance_rates.premiums as p
   set valid_to = n.valid_to
  from unnest($1::uuid[], $2::date[]) as n (id, valid_to)
 where p.premium_id = n.id
