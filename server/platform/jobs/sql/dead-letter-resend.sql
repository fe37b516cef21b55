-- dead-letter-resend: marks one as sent again
--   $1 uuid  dead letter
--   gives it when it was parked
update queue.dead_letters as d
   set state = case when d.source = 'event' then 'RETRYING' else 'RESENT' end, resent_at = now(), resent_by = platform.current_user_id()
 where d.dead_letter_id = $1
   and d.state = 'PARKED'
returning d.dead_letter_id, d.source, d.name, d.item_id, d.partition_key, d.message
