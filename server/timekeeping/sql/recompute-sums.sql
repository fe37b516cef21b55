-- recompute-sums: timesheets that are not the sum of their lines, and lines that are in no timesheet
--   $1 uuid[]  employees
with sums as (
  select t.timesheet_id, t.content_hash, t.days, t.worked_minutes, coalesce(bit_xor(d.row_hash), 0) as lines_hash, count(d.row_hash) as lines,
         coalesce(sum(d.worked_minutes), 0) as lines_worked
    from timekeeping.timesheets as t
    left join timekeeping.dtr_lines as d
      on d.employee_id = t.employee_id
     and d.duty_date between t.period_from and t.period_to
     and d.detachment_id = t.detachment_id
     and d.shift_id = t.shift_id
     and d.position_id = t.position_id
   where t.employee_id = any ($1::uuid[])
   group by t.tenant_id, t.timesheet_id)
select s.timesheet_id
  from sums as s
 where s.content_hash <> s.lines_hash
    or s.days <> s.lines
    or s.worked_minutes <> s.lines_worked
 union all
select d.dtr_line_id
  from timekeeping.dtr_lines as d
 where d.employee_id = any ($1::uuid[])
   and not exists (
       select from timekeeping.timesheets as t
        where t.employee_id = d.employee_id
          and d.duty_date between t.period_from and t.period_to
          and t.detachment_id = d.detachment_id
          and t.shift_id = d.shift_id
          and t.position_id = d.position_id)
