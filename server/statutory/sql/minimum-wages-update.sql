-- minimum-wages-update: an order ends, or a court stops it or lets it go on
--   $1 uuid[] id, $2 date[] to, $3 boolean[] in force
update gov.minimum_wages as m
   set valid_to = n.valid_to, in_force = n.in_force
  from unnest($1::uuid[], $2::date[], $3::boolean[]) as n (id, valid_to, in_force)
 where m.minimum_wage_id = n.id
