-- sheets-drop: paysheets that the payrun does not hold any more; their lines go before
--   $1 uuid[]  paysheets
delete from payroll.paysheets as p
 where p.tenant_id = platform.current_tenant_id()
   and p.paysheet_id = any ($1::uuid[]);
