-- dead-letter-resend: takes one that is parked up again, or gives it up
--   $1 uuid     dead letter
--   $2 boolean  give it up
--   gives it when it was parked; an event is RETRYING until its redrive has taken it
update queue.dead_letters as d
   set state = case when $2::boolean then 'PURGED' when d.source = 'event' then 'RETRYING' else 'RESENT' end,
       resent_at = case when $2::boolean then d.resent_at else now() end,
       resent_by = case when $2::boolean then d.resent_by else platform.current_user_id() end
 where d.dead_letter_id = $1
   and d.state = 'PARKED'
returning d.dead_letter_id, d.source, d.name, d.item_id, d.partition_key, d.message
