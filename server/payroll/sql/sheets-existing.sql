-- sheets-existing: what stands already of a span of employees
--   $1 uuid  payrun, $2 uuid  first, $3 uuid  last employee
select p.paysheet_id, p.content_sha256, p.state
  from payroll.paysheets as p
 where p.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and p.employee_id between $2::uuid and $3::uuid
 order by p.paysheet_id;
