-- minimum-wages-update: an order ends, a court stops it or lets it go on, or somebody has read it
--   $1 uuid[] id, $2 date[] to, $3 boolean[] in force, $4 text[] confidence
update gov.minimum_wages as m
   set valid_to = n.valid_to, in_force = n.in_force, confidence = n.confidence
  from unnest($1::uuid[], $2::date[], $3::boolean[], $4::text[]) as n (id, valid_to, in_force, confidence)
 where m.minimum_wage_id = n.id
