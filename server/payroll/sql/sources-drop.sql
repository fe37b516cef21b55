-- sources-drop: the sources of paysheets that are written again
--   $1 uuid[]  paysheets
delete from payroll.paysheet_sources as s
 where s.tenant_id = platform.current_tenant_id()
   and s.paysheet_id = any ($1::uuid[]);
