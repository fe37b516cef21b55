-- sheets-outside: paysheets of employees who are in no part of the payrun any more
--   $1 uuid payrun
select p.paysheet_id
  from payroll.paysheets as p
 where p.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and not exists (select from payroll.payrun_chunks as c
                    where c.tenant_id = p.tenant_id and c.payrun_id = p.payrun_id
                      and p.employee_id between c.first_employee_id and c.last_employee_id);
