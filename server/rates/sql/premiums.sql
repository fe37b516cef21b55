-- premiums: all rows, for the loader
select p.premium_id, p.day_type, p.rest_day, p.unworked, p.first8, p.overtime, p.first8_night, p.overtime_night, p.valid_from, p.valid_to
  from finance_rates.premiums as p
 order by p.row_no
   for update
