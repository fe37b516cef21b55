-- decisions-of: what was decided about a payrun, or one of its paysheets
--   $1 uuid payrun, $2 uuid paysheet (null: all)
select d.decision_id, d.payrun_id, d.paysheet_id, d.line_no, d.step, d.reason, d.created_by as decided_by, d.decided_at
  from payroll.decisions as d
 where d.tenant_id = platform.current_tenant_id()
   and d.payrun_id = $1::uuid
   and ($2::uuid is null or d.paysheet_id = $2)
 order by d.decided_at, d.decision_id;
