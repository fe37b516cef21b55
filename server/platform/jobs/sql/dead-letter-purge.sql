-- dead-letter-purge: given up for good; kept, and no longer open
--   $1 uuid  dead letter, null: all that are parked
--   $2 text  name, nullable
update queue.dead_letters as d
   set state = 'PURGED'
 where d.state = 'PARKED'
   and d.source <> 'event'
   and ($1::uuid is null or d.dead_letter_id = $1)
   and ($2::text is null or d.name = $2)
