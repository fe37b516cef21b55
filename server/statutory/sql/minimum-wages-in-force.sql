-- minimum-wages-in-force: of every region; orders that a court has stopped are told as such
--   $1 date  only orders whose span holds it; null: of all dates
select m.row_no, m.region, m.area, m.sector, m.daily_centavos, m.cola_centavos, m.wage_order, m.in_force,
       m.valid_from, m.valid_to, m.source, m.confidence
  from gov.minimum_wages as m
 where $1::date is null or daterange(m.valid_from, m.valid_to, '[]') @> $1::date
 order by m.row_no
