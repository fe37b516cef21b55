-- limits-in-force: single figures of the law
--   $1 date  only those in force on it; null: of all dates
select l.row_no, l.name, l.unit, l.value, l.valid_from, l.valid_to, l.source
  from gov.limits as l
 where $1::date is null or daterange(l.valid_from, l.valid_to, '[]') @> $1::date
 order by l.row_no
