-- blocked-keys: which of these keys wait; held so that a resend and a reader do not pass one another
--   $1 text    subscription
--   $2 text[]  keys
select b.partition_key
  from queue.blocked_keys as b
 where b.name = $1
   and b.partition_key = any ($2::text[])
   for share
