-- minimum-wages: all rows, for the loader
select m.minimum_wage_id, m.region, m.area, m.sector, m.wage_order, m.valid_from, m.valid_to, m.daily_centavos, m.cola_centavos, m.in_force, m.confidence
  from gov.minimum_wages as m
 order by m.row_no
   for update
