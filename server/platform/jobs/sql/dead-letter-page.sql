-- dead-letter-page: the newest first
--   $1 text    state, nullable
--   $2 text    source, nullable
--   $3 text    name, nullable
--   $4 uuid    after, nullable
--   $5 bigint  limit
--   $6 boolean the oldest first
--   $7 text    in the name, code or reason, nullable
select d.dead_letter_id, d.source, d.name, d.item_id, d.partition_key, d.state, d.code, d.reason, d.attempts, d.message,
       d.created_at, d.updated_at, d.resent_at
  from queue.dead_letters as d
 where ($1::text is null or d.state = $1)
   and ($2::text is null or d.source = $2)
   and ($3::text is null or d.name = $3)
   and ($4::uuid is null or case when $6::boolean then d.dead_letter_id > $4 else d.dead_letter_id < $4 end)
   and ($7::text is null or position(lower($7) in lower(d.name || ' ' || d.code || ' ' || d.reason)) > 0)
 order by case when $6::boolean then d.dead_letter_id end, case when not $6::boolean then d.dead_letter_id end desc
 limit $5::bigint
