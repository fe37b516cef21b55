-- limits: all rows, for the loader
select l.limit_id, l.name, l.unit, l.value, l.valid_from, l.valid_to, l.source, l.reviewed_on
  from gov.limits as l
 order by l.row_no
   for update
