-- holidays-between: the holidays in force between two days
--   $1 date     first day, $2 date  last day
select h.holiday_id,
       h.on_date,
       h.name,
       h.day_type,
       h.scope,
       h.source,
       h.status,
       h.version
  from scheduling.holidays as h
 where h.on_date between $1::date and $2::date
   and h.status = 'ACTIVE'
 order by h.on_date, h.scope, h.name;
