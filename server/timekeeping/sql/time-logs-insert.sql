-- time-logs-insert: time logs that do not stand yet: the writer holds the slots and has looked, so nothing is looked for again
--   row by row. Tenant and user are asked for once.
--   $1 uuid[] time logs, $2 timestamptz[] instants, $3 uuid[] devices, $4 uuid[] events, $5 uuid[] employees, $6 uuid[] sites,
--   $7 uuid[] sites of the duty, $8 uuid[] shifts, $9 uuid[] positions, $10 uuid[] assignments, $11 uuid[] reliefs, $12 uuid[] adjustments,
--   $13 timestamptz[] adjusted instants, $14 bigint[] hashes, $15 date[] duty dates, $16 text[] types, $17 text[] statuses,
--   $18 text[] adjusted types, $19 text[] codes, comma between
insert into timekeeping.time_logs (tenant_id, time_log_id, event_ts, device_id, event_id, employee_id, detachment_id,
       duty_detachment_id, shift_id, position_id, assignment_id, relief_id, adjustment_id, adjusted_ts, row_hash, duty_date, type, status,
       adjusted_type, codes, created_by, updated_by)
select (select platform.current_tenant_id()), u.time_log_id, u.event_ts, u.device_id, u.event_id, u.employee_id, u.detachment_id,
       u.duty_detachment_id, u.shift_id, u.position_id, u.assignment_id, u.relief_id, u.adjustment_id, u.adjusted_ts, u.row_hash,
       u.duty_date, u.type, u.status, u.adjusted_type, string_to_array(u.codes, ','),
       (select platform.current_user_id()), (select platform.current_user_id())
  from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[],
              $10::uuid[], $11::uuid[], $12::uuid[], $13::timestamptz[], $14::bigint[], $15::date[], $16::text[], $17::text[], $18::text[],
              $19::text[])
       as u (time_log_id, event_ts, device_id, event_id, employee_id, detachment_id, duty_detachment_id, shift_id, position_id,
             assignment_id, relief_id, adjustment_id, adjusted_ts, row_hash, duty_date, type, status, adjusted_type, codes)
