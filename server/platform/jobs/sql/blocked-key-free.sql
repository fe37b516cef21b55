-- blocked-key-free: the events went through
--   $1 text  subscription
--   $2 text  key
delete from queue.blocked_keys as b
 where b.name = $1
   and b.partition_key = $2
