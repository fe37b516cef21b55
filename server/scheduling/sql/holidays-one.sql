-- holidays-one: one of the holidays
--   $1 uuid     holiday_id
select h.holiday_id,
       h.on_date,
       h.name,
       h.day_type,
       h.scope,
       h.source,
       h.status,
       h.version
  from scheduling.holidays as h
 where h.holiday_id = $1::uuid;
