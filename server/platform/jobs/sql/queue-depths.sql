-- queue-depths: all tenants, numbers only
select queue_name as name, 'jobs'::text as sort, waiting, running, delayed, oldest_seconds
  from queue.depths ()
