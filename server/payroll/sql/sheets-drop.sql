-- sheets-drop: paysheets of employees who are not in the payrun any more, and their lines
--   $1 uuid  payrun, $2 uuid  first, $3 uuid  last employee (null: all), $4 uuid[]  employees who are in it
with gone as (
  delete from payroll.paysheets as p
   where p.tenant_id = platform.current_tenant_id()
     and p.payrun_id = $1::uuid
     and ($2::uuid is null or p.employee_id between $2 and $3::uuid)
     and p.employee_id <> all ($4::uuid[])
  returning p.paysheet_id, p.period_to)
delete from payroll.paysheet_lines as l
 using gone as g
 where l.tenant_id = platform.current_tenant_id()
   and l.paysheet_id = g.paysheet_id
   and l.period_to = g.period_to;
