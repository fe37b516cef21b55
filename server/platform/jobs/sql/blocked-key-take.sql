-- blocked-key-take: held until the end of the unit
--   $1 text  subscription
--   $2 text  key
select b.attempts
  from queue.blocked_keys as b
 where b.name = $1
   and b.partition_key = $2
   for update
