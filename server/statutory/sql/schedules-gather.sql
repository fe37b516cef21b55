-- schedules-gather: what earlier months were to recover and did not becomes this month's, where this one recovers
--   $1 uuid[] id, $2 uuid[] employee, $3 date[] month, $4 text[] scheme, $5 bigint[] recovered
with asked as (
  select n.*
    from unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::bigint[]) as n (id, employee, month, scheme, recovered)
   where n.recovered <> 0),
open as (
  select s.schedule_id, a.id, a.employee, a.month, a.scheme, s.carried_centavos - s.recovered_centavos as amount
    from asked as a
    join gov.schedules as s on s.employee_id = a.employee and s.scheme = a.scheme and s.month < a.month and s.carried_centavos > s.recovered_centavos
   order by s.employee_id, s.month, s.scheme
     for update of s),
closed as (
  update gov.schedules as s
     set carried_centavos = s.recovered_centavos, version = s.version + 1
    from open as o
   where s.schedule_id = o.schedule_id)
insert into gov.schedules as s (schedule_id, employee_id, month, scheme, carried_centavos)
select o.id, o.employee, o.month, o.scheme, sum(o.amount)
  from open as o
 group by o.id, o.employee, o.month, o.scheme
 order by o.employee, o.month, o.scheme
on conflict (tenant_id, employee_id, month, scheme) do update
   set carried_centavos = s.carried_centavos + excluded.carried_centavos, version = s.version + 1
