-- sheet-traces: why the lines of a paysheet are what they are: a JSON array
--   $1 uuid  paysheet
select t.traces
  from payroll.paysheet_traces as t
 where t.tenant_id = platform.current_tenant_id()
   and t.paysheet_id = $1::uuid;
