-- sheets-mark: paysheets of one payrun that were approved or sent back
--   $1 uuid payrun, $2 uuid[] paysheets, $3 text state, $4 text reason
update payroll.paysheets as p
   set state = $3::text, reason = $4::text, version = p.version + 1, updated_at = now(), updated_by = platform.current_user_id()
 where p.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and p.paysheet_id = any ($2::uuid[])
   and p.state in ('COMPUTED', 'APPROVED', 'REJECTED');
