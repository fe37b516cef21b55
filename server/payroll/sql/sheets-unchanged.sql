-- sheets-unchanged: paysheets that came out as they stood: what was sent back is computed again
--   $1 uuid[]  paysheets, $2 bigint  calculation
update payroll.paysheets as p
   set state = case when cardinality(p.problems) > 0 then 'ERROR' else 'COMPUTED' end,
       reason = null,
       calculation_no = $2::bigint,
       version = p.version + 1
 where p.tenant_id = platform.current_tenant_id()
   and p.paysheet_id = any ($1::uuid[])
   and p.state in ('REJECTED', 'LEFT_OUT', 'APPROVED');
