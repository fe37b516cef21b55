-- payslip-file-one: all payslips of a payrun in one file
--   $1 uuid payrun
select f.pdf
  from payroll.payslip_files as f
 where f.tenant_id = platform.current_tenant_id()
   and f.payrun_id = $1::uuid;
