-- chunk-done: a part of the payrun is written
--   $1 uuid payrun, $2 bigint part, $3 uuid first, $4 uuid last, $5 bigint employees, $6 bigint calculation, $7 bytea input
insert into payroll.payrun_chunks as c (tenant_id, payrun_id, chunk_no, first_employee_id, last_employee_id, employees, calculation_no, input_sha256)
values (platform.current_tenant_id(), $1::uuid, $2::bigint, $3::uuid, $4::uuid, $5::bigint, $6::bigint, $7::bytea)
on conflict (tenant_id, payrun_id, chunk_no) do update
   set first_employee_id = excluded.first_employee_id,
       last_employee_id = excluded.last_employee_id,
       employees = excluded.employees,
       calculation_no = excluded.calculation_no,
       input_sha256 = excluded.input_sha256,
       updated_at = now();
