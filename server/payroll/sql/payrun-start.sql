-- payrun-start: a calculation begins; one that was running before stops at its next chunk
--   $1 uuid payrun, $2 uuid job
update payroll.payruns as r
   set calculation_no = r.calculation_no + 1, job_id = $2::uuid, version = r.version + 1
 where r.tenant_id = platform.current_tenant_id()
   and r.payrun_id = $1::uuid;
