-- de-minimis-in-force: ceilings of small benefits
--   $1 date  only those in force on it; null: of all dates
select d.row_no, d.benefit, d.per, d.ceiling_centavos, d.of_minimum_wage, d.ceiling_days, d.valid_from, d.valid_to, d.source
  from gov.de_minimis as d
 where $1::date is null or daterange(d.valid_from, d.valid_to, '[]') @> $1::date
 order by d.row_no
