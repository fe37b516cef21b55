-- queue-purge: a tenant's jobs of a kind that nobody has begun
--   $1 text  kind
with gone as (
  delete from queue.jobs as j
   where j.queue_name = $1
     and j.lease_owner is null
  returning 1)
select count(*) as gone
  from gone
