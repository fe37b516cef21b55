-- traces-upsert: why the lines of many paysheets are what they are
--   $1 uuid[] paysheets, $2 text[] traces
insert into payroll.paysheet_traces as t (tenant_id, paysheet_id, traces)
select (select platform.current_tenant_id()), n.*
  from unnest($1::uuid[], $2::text[]) as n (paysheet, traces)
on conflict (tenant_id, paysheet_id) do update set traces = excluded.traces, updated_at = now();
