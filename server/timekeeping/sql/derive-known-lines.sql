-- derive-known-lines: which DTR lines stand on these days, and what they hold
--   $1 uuid[]  employees
--   $2 date[]  from
--   $3 date[]  to
-- Compared as a pair: only the index that begins with the employee can serve it, whatever the planner knows of a young table.
select k.dtr_line_id, k.row_hash as hash, k.employee_id, k.duty_date, k.detachment_id, k.shift_id, k.position_id
  from unnest($1::uuid[], $2::date[], $3::date[]) as u (employee_id, from_date, to_date)
 cross join lateral (
       select d.dtr_line_id, d.row_hash, d.employee_id, d.duty_date, d.detachment_id, d.shift_id, d.position_id
         from timekeeping.dtr_lines as d
        where (d.employee_id, d.duty_date) >= (u.employee_id, u.from_date)
          and (d.employee_id, d.duty_date) <= (u.employee_id, u.to_date)
       offset 0) as k
