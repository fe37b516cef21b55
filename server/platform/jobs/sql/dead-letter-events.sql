-- dead-letter-events: what waits behind a key, in the order of the outbox
--   $1 text  subscription
--   $2 text  key
--   $3 bigint limit
select d.dead_letter_id, d.item_id, d.message, d.position_xid
  from queue.dead_letters as d
 where d.source = 'event'
   and d.name = $1
   and d.partition_key = $2
   and d.state in ('RETRYING', 'PARKED')
 order by d.position_xid, d.item_id
 limit $3::bigint
   for update
