-- payrun-stopped: a calculation has ended without a result
--   $1 uuid payrun, $2 uuid job
update payroll.payruns as r
   set job_id = null, version = r.version + 1
 where r.tenant_id = platform.current_tenant_id()
   and r.payrun_id = $1::uuid
   and r.job_id = $2::uuid;
