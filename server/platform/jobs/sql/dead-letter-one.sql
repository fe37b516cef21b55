-- dead-letter-one
--   $1 uuid  dead letter
select d.dead_letter_id, d.source, d.name, d.item_id, d.partition_key, d.state, d.code, d.reason, d.attempts, d.message,
       d.created_at, d.updated_at, d.resent_at
  from queue.dead_letters as d
 where d.dead_letter_id = $1
