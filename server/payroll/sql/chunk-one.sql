-- chunk-one: how a part of the payrun stands
--   $1 uuid  payrun, $2 bigint  part
select c.first_employee_id, c.last_employee_id, c.employees, c.calculation_no, c.input_sha256
  from payroll.payrun_chunks as c
 where c.tenant_id = platform.current_tenant_id()
   and c.payrun_id = $1::uuid
   and c.chunk_no = $2::bigint;
