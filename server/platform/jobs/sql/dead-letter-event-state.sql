-- dead-letter-event-state
--   $1 uuid[]  dead letters
--   $2 text    state
--   $3 text    reason, nullable
update queue.dead_letters as d
   set state = $2,
       reason = coalesce($3, d.reason),
       attempts = d.attempts + 1,
       resent_at = case when $2 = 'RESENT' then now() else d.resent_at end
 where d.dead_letter_id = any ($1::uuid[])
