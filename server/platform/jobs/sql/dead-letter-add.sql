-- dead-letter-add: what failed for good, with the reason; what is there already is told again
--   $1 uuid[]   dead letters
--   $2 text     source: job, event, stream
--   $3 text     kind, subscription or reader
--   $4 uuid[]   items
--   $5 text[]   partition keys
--   $6 bigint[] positions: xid
--   $7 text     state
--   $8 text     code
--   $9 text     reason
--   $10 bigint  attempts
--   $11 jsonb[] messages
insert into queue.dead_letters (tenant_id, dead_letter_id, source, name, item_id, partition_key, position_xid, state, code, reason,
                                attempts, message)
select platform.current_tenant_id(), d.dead_letter_id, $2, $3, d.item_id, coalesce(d.partition_key, ''), d.xid::text::xid8, $7, $8, $9,
       $10::bigint, coalesce(d.message, '{}')
  from unnest($1::uuid[], $4::uuid[], $5::text[], $6::bigint[], $11::jsonb[]) as d (dead_letter_id, item_id, partition_key, xid, message)
    on conflict (tenant_id, source, name, item_id) where state in ('RETRYING', 'PARKED')
    do update set reason = excluded.reason, code = excluded.code, attempts = queue.dead_letters.attempts + 1, state = excluded.state
