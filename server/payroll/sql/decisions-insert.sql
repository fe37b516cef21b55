-- decisions-insert: steps of one kind, about a payrun, paysheets or a line
--   $1 uuid payrun, $2 uuid[] ids, $3 uuid[] paysheets (null elements: the payrun), $4 bigint line (0: the whole), $5 text step, $6 text reason
insert into payroll.decisions (tenant_id, decision_id, payrun_id, paysheet_id, line_no, step, reason)
select platform.current_tenant_id(), d.id, $1::uuid, d.paysheet, $4::bigint, $5::text, $6::text
  from unnest($2::uuid[], $3::uuid[]) as d (id, paysheet);
