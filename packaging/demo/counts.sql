-- What came out, as one JSON object. :tenant
select jsonb_build_object(
  'detachments', (select count(*) from hr_core.detachments where tenant_id = :'tenant' and kind = 'SITE'),
  'clock_events', (select count(*) from timekeeping.clock_events where tenant_id = :'tenant'),
  'anomalies', (select coalesce(jsonb_object_agg(code, n order by code), '{}')
                  from (select code, count(*) as n from timekeeping.anomalies where tenant_id = :'tenant' group by code) as a),
  'time_logs', (select count(*) from timekeeping.time_logs where tenant_id = :'tenant'),
  'dtr_lines', (select count(*) from timekeeping.dtr_lines where tenant_id = :'tenant' and duty_date between '2026-05-01' and '2026-05-31'),
  'timesheets', (select count(*) from timekeeping.timesheets where tenant_id = :'tenant' and period_from between '2026-05-01' and '2026-05-31'));
