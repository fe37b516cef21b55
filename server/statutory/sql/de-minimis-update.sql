-- de-minimis-update: a ceiling ends
--   $1 uuid[] id, $2 date[] to
update gov.de_minimis as d
   set valid_to = n.valid_to
  from unnest($1::uuid[], $2::date[]) as n (id, valid_to)
 where d.de_minimis_id = n.id
