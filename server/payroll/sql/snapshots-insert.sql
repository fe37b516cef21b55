-- snapshots-insert: many sealed timesheets; a version that is there already is left as it is. Arrays of arrays travel as text.
--   $1 uuid[] ids, $2 uuid[] timesheets, $3 bigint[] versions, $4 uuid[] employees, $5 text[] numbers, $6 date[] from, $7 date[] to,
--   $8 uuid[] detachments, $9 text[] regions, $10 text[] cities, $11 uuid[] shifts, $12 uuid[] positions, $13 text[] dates, $14 text[] cells,
--   $15 text[] minutes, $16 bytea[] seals, $17 text[] payloads, $18 uuid[] events, $19 uuid[] finalised by, $20 timestamptz[] finalised at
insert into payroll.snapshots (tenant_id, snapshot_id, timesheet_id, version, employee_id, employee_no, period_from, period_to, detachment_id, region,
                               city, shift_id, position_id, duty_dates, cells, minutes, sha256, payload, event_id, finalized_by, finalized_at)
select (select platform.current_tenant_id()), s.id, s.timesheet, s.version, s.employee, s.employee_no, s.period_from, s.period_to, s.detachment, s.region,
       s.city, s.shift, s.post, s.dates::date[], s.cells::smallint[], s.minutes::smallint[], s.seal, s.payload, s.event, s.finalized_by, s.finalized_at
  from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::date[], $7::date[], $8::uuid[], $9::text[], $10::text[], $11::uuid[],
              $12::uuid[], $13::text[], $14::text[], $15::text[], $16::bytea[], $17::text[], $18::uuid[], $19::uuid[], $20::timestamptz[])
       as s (id, timesheet, version, employee, employee_no, period_from, period_to, detachment, region, city, shift, post, dates, cells, minutes, seal,
             payload, event, finalized_by, finalized_at)
on conflict (tenant_id, timesheet_id, version) do nothing;
