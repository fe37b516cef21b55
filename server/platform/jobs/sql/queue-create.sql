-- queue-create: a kind is known from its first send
--   $1 text  kind
insert into queue.queues (queue_name)
select $1::text
 where not exists (select from queue.queues as q where q.queue_name = $1)
    on conflict do nothing
