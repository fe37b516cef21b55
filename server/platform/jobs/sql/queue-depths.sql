-- queue-depths: all tenants, numbers only
select queue_name, waiting, running, delayed, oldest_seconds
  from queue.depths ()
