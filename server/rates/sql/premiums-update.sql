-- premiums-update: the days of rows, as the files tell them now
--   $1 uuid[] id, $2 date[] from, $3 date[] to
update finance_rates.premiums as p
   set valid_from = n.valid_from,
       valid_to = n.valid_to
  from unnest($1::uuid[], $2::date[], $3::date[]) as n (id, valid_from, valid_to)
 where p.premium_id = n.id
