-- clock-events-quarantine: events of impossible times, each with its anomaly; gives the places of those whose key stands already
--   $1 to $16 as clock-events-insert; $17 text[] why, $18 date[] local days, $19 uuid[] anomalies, $20 text severity
with input as materialized (
  select u.*
    from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::bigint[], $9::bigint[],
                $10::bigint[], $11::boolean[], $12::text[], $13::text[], $14::jsonb[], $15::bigint[], $16::uuid[], $17::text[], $18::date[],
                $19::uuid[]) with ordinality
         as u (clock_event_id, event_ts, device_id, event_id, employee_id, detachment_id, received_at, seq, ahead, slot, device_known, type,
               employee_ref, payload, body_hash, sender_id, quarantined, local_day, anomaly_id, n)),
fresh as (
  insert into timekeeping.clock_event_keys (tenant_id, device_id, event_id, clock_event_id, event_ts, body_hash, created_by)
  select platform.current_tenant_id(), i.device_id, i.event_id, i.clock_event_id, i.event_ts, i.body_hash, i.sender_id
    from input as i
   order by i.n
      on conflict (tenant_id, device_id, event_id) do nothing
  returning clock_event_id),
stored as (
  insert into timekeeping.clock_event_quarantine (tenant_id, clock_event_id, event_ts, device_id, event_id, employee_id, detachment_id,
         received_at, seq, clock_offset_seconds, device_known, type, employee_ref, payload, quarantined, created_by)
  select platform.current_tenant_id(), i.clock_event_id, i.event_ts, i.device_id, i.event_id, i.employee_id, i.detachment_id, i.received_at,
         nullif(i.seq, -1), i.ahead, i.device_known, i.type, i.employee_ref, i.payload, i.quarantined, i.sender_id
    from input as i
   where i.clock_event_id in (select f.clock_event_id from fresh as f)),
told as (
  insert into timekeeping.anomalies (tenant_id, anomaly_id, employee_id, duty_date, time_log_id, detachment_id, minutes, code, severity,
         employee_ref, derived)
  select platform.current_tenant_id(), i.anomaly_id, i.employee_id, i.local_day, i.clock_event_id, i.detachment_id,
         least(extract(epoch from greatest(i.event_ts - i.received_at, i.received_at - i.event_ts)) / 60, 2000000000)::integer, 'CLOCK_SKEW', $20,
         i.employee_ref, false
    from input as i
   where i.clock_event_id in (select f.clock_event_id from fresh as f))
select i.n
  from input as i
 where i.clock_event_id not in (select f.clock_event_id from fresh as f)
