-- queue-figures: the queues as this tenant sees them
select q.queue_name as name, 'jobs'::text as sort, q.max_attempts, q.lease_seconds, q.tenant_limit,
       count(j.job_id) filter (where j.vt <= now()) as waiting,
       count(j.job_id) filter (where j.vt > now() and j.lease_owner is not null) as running,
       count(j.job_id) filter (where j.vt > now() and j.lease_owner is null) as delayed,
       coalesce(extract(epoch from now() - min(j.created_at) filter (where j.vt <= now())), 0)::bigint as oldest_seconds,
       (select count(*) from queue.dead_letters as d where d.name = q.queue_name and d.state = 'PARKED') as dead
  from queue.queues as q
  left join queue.jobs as j on j.queue_name = q.queue_name
 group by q.queue_name
 order by q.queue_name
