-- premiums-in-force: the matrix between two days
--   $1 date from, $2 date to
select p.row_no, p.day_type, p.rest_day, p.unworked, p.first8, p.overtime, p.first8_night, p.overtime_night, p.valid_from, p.valid_to, p.source
  from finance_rates.premiums as p
 where daterange(p.valid_from, p.valid_to, '[]') && daterange($1::date, $2::date, '[]')
 order by p.row_no
