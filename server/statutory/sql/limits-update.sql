-- limits-update: a figure ends, or was compared with its document again
--   $1 uuid[] id, $2 date[] to, $3 text[] source, $4 date[] reviewed on
update gov.limits as l
   set valid_to = n.valid_to, source = n.source, reviewed_on = n.reviewed_on
  from unnest($1::uuid[], $2::date[], $3::text[], $4::date[]) as n (id, valid_to, source, reviewed_on)
 where l.limit_id = n.id
