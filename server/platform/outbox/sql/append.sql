-- append: events of the unit's tenant, in one statement; {schema} is the room's
--   $1 uuid[]        ids
--   $2 text[]        events
--   $3 text[]        aggregate types
--   $4 uuid[]        aggregate ids
--   $5 bigint[]      aggregate versions
--   $6 timestamptz[] occurred at
--   $7 text[]        partition keys
--   $8 bigint[]      slots
--   $9 text[]        payloads, as they are
insert into {schema}.{schema}_outbox (tenant_id, event_id, event, aggregate_type, aggregate_id, aggregate_version, occurred_at,
                                      partition_key, slot, payload)
select platform.current_tenant_id(), e.event_id, e.event, e.aggregate_type, e.aggregate_id, e.aggregate_version,
       coalesce(e.occurred_at, now()), e.partition_key, e.slot, e.payload::json
  from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::timestamptz[], $7::text[], $8::bigint[], $9::text[])
    as e (event_id, event, aggregate_type, aggregate_id, aggregate_version, occurred_at, partition_key, slot, payload)
