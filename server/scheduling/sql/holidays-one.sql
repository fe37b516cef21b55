-- holidays-one: one of the holidays
--   $1 uuid     holiday_id
select h.holiday_id,
       h.on_date,
       h.name,
       h.day_type,
       h.scope,
       h.source,
       h.status,
       -- Where a city lies is not told here: a region's day and a city's may meet.
       exists (select from scheduling.holidays as o
                where o.on_date = h.on_date and o.status = 'ACTIVE' and h.status = 'ACTIVE'
                  and (h.day_type, o.day_type) in (('regular', 'special'), ('special', 'regular'))
                  and (o.scope = h.scope or 'national' in (o.scope, h.scope)
                       or split_part(o.scope, ':', 1) <> split_part(h.scope, ':', 1))) as for_a_person,
       h.version
  from scheduling.holidays as h
 where h.holiday_id = $1::uuid;
