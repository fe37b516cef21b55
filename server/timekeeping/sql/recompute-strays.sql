-- recompute-strays: events of nobody
select e.clock_event_id, e.device_id, e.event_id, e.detachment_id, e.event_ts, e.type, e.employee_ref
  from timekeeping.clock_events as e
 where e.employee_id is null
   and not exists (select from timekeeping.employee_links as l where l.employee_ref = e.employee_ref)
