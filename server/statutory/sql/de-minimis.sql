-- de-minimis: all rows, for the loader
select d.de_minimis_id, d.benefit, d.per, d.ceiling_centavos, d.of_minimum_wage, d.ceiling_days, d.valid_from, d.valid_to
  from gov.de_minimis as d
 order by d.row_no
   for update
