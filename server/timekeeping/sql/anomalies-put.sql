-- anomalies-put: anomalies as they shall stand
--   $1 uuid[] anomalies, $2 uuid[] employees, $3 date[] days, $4 uuid[] time logs, $5 uuid[] detachments, $6 uuid[] shifts, $7 uuid[] positions,
--   $8 bigint[] minutes, $9 text[] codes, $10 text[] severities, $11 text[] employee numbers that nobody has
insert into timekeeping.anomalies as a (tenant_id, anomaly_id, employee_id, duty_date, time_log_id, detachment_id, shift_id, position_id, minutes,
       code, severity, employee_ref)
select (select platform.current_tenant_id()), u.*
  from unnest($1::uuid[], $2::uuid[], $3::date[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::bigint[], $9::text[], $10::text[],
              $11::text[]) as u
    on conflict (tenant_id, anomaly_id) do update
   set employee_id = excluded.employee_id,
       duty_date = excluded.duty_date,
       detachment_id = excluded.detachment_id,
       shift_id = excluded.shift_id,
       position_id = excluded.position_id,
       minutes = excluded.minutes,
       updated_at = now(),
       updated_by = (select platform.current_user_id())
