-- sheets-net: what stands now as net pay of some employees
--   $1 uuid payrun, $2 uuid[] employees
select p.employee_id, p.net_centavos
  from payroll.paysheets as p
 where p.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and p.employee_id = any ($2::uuid[]);
