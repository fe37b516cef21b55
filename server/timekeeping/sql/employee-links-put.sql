-- employee-links-put: numbers of which events came before anybody had them; gives those events
--   $1 text[]  employee numbers
--   $2 uuid[]  employees
with numbers as (
  select u.employee_ref, u.employee_id
    from unnest($1::text[], $2::uuid[]) as u (employee_ref, employee_id)
   where exists (select from timekeeping.clock_events as e where e.employee_ref = u.employee_ref and e.employee_id is null)),
linked as (
  insert into timekeeping.employee_links (tenant_id, employee_ref, employee_id)
  select platform.current_tenant_id(), n.employee_ref, n.employee_id
    from numbers as n
      on conflict (tenant_id, employee_ref) do nothing)
select n.employee_id, e.event_ts
  from numbers as n
  join timekeeping.clock_events as e
    on e.employee_ref = n.employee_ref
   and e.employee_id is null
 order by n.employee_id, e.event_ts
