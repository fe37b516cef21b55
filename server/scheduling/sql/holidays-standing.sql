-- holidays-standing: all holidays, cancelled ones too, for the loader
select h.holiday_id,
       h.on_date,
       h.name,
       h.day_type,
       h.scope,
       h.source,
       h.status,
       h.version
  from scheduling.holidays as h
 order by h.on_date, h.scope, h.name
   for update;
