-- lines-drop: the lines of paysheets that are written again
--   $1 uuid[]  paysheets, $2 date  last day of the period
delete from payroll.paysheet_lines as l
 where l.tenant_id = platform.current_tenant_id()
   and l.paysheet_id = any ($1::uuid[])
   and l.period_to = $2::date;
