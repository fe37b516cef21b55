-- range: the tenant's events of one kind between two positions, in order
--   $1 bigint  slot
--   $2 bigint  after xid
--   $3 uuid    after id
--   $4 bigint  up to xid
--   $5 uuid    up to id
--   $6 text    event
select e.event_id, e.event as schema, e.tenant_id, e.aggregate_type, e.aggregate_id, e.aggregate_version, e.occurred_at, e.partition_key,
       e.payload::text as payload, e.xid
  from {schema}.{schema}_outbox as e
 where e.slot = $1::bigint::smallint
   and (e.xid, e.event_id) > ($2::bigint::text::xid8, coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'))
   and (e.xid, e.event_id) <= ($4::bigint::text::xid8, $5::uuid)
   and e.event = $6
 order by e.xid, e.event_id
