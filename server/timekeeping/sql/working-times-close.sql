-- working-times-close: another row follows, or none any more
--   $1 date[] from, $2 date[] to
update timekeeping.working_times as w
   set valid_to = n.valid_to
  from unnest($1::date[], $2::date[]) as n (valid_from, valid_to)
 where w.valid_from = n.valid_from
