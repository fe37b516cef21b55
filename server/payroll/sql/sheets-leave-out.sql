-- sheets-leave-out: paysheets with errors are left out; their timesheets come with the next payrun
--   $1 uuid payrun
update payroll.paysheets as p
   set state = 'LEFT_OUT', version = p.version + 1
 where p.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and p.state = 'ERROR';
