-- clock-events-insert: events that are new, keys first; gives the places of those whose key stands already
--   $1 uuid[] ids, $2 timestamptz[] instants, $3 uuid[] devices, $4 uuid[] events, $5 uuid[] employees, $6 uuid[] detachments,
--   $7 timestamptz[] received, $8 bigint[] running numbers, -1 none, $9 bigint[] seconds ahead, $10 bigint[] slots, $11 boolean[] device known,
--   $12 text[] types, $13 text[] employee numbers, $14 jsonb[] payloads, $15 bigint[] hashes of the bodies, $16 uuid[] senders
with input as materialized (
  select u.*
    from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::bigint[], $9::bigint[],
                $10::bigint[], $11::boolean[], $12::text[], $13::text[], $14::jsonb[], $15::bigint[], $16::uuid[]) with ordinality
         as u (clock_event_id, event_ts, device_id, event_id, employee_id, detachment_id, received_at, seq, ahead, slot, device_known, type,
               employee_ref, payload, body_hash, sender_id, n)),
fresh as (
  insert into timekeeping.clock_event_keys (tenant_id, device_id, event_id, clock_event_id, event_ts, body_hash, created_by)
  select platform.current_tenant_id(), i.device_id, i.event_id, i.clock_event_id, i.event_ts, i.body_hash, i.sender_id
    from input as i
   order by i.n
      on conflict (tenant_id, device_id, event_id) do nothing
  returning clock_event_id),
stored as (
  insert into timekeeping.clock_events (tenant_id, event_ts, clock_event_id, device_id, event_id, employee_id, detachment_id, received_at, seq,
         clock_offset_seconds, slot, device_known, type, employee_ref, payload, created_by)
  select platform.current_tenant_id(), i.event_ts, i.clock_event_id, i.device_id, i.event_id, i.employee_id, i.detachment_id, i.received_at,
         nullif(i.seq, -1), i.ahead, i.slot, i.device_known, i.type, i.employee_ref, i.payload, i.sender_id
    from input as i
   where i.clock_event_id in (select f.clock_event_id from fresh as f))
select i.n
  from input as i
 where i.clock_event_id not in (select f.clock_event_id from fresh as f)
