-- job-one: a job, live or ended
--   $1 uuid  job
select j.job_id, j.queue_name as kind,
       case when j.lease_owner is not null and j.vt > now() then 'RUNNING'
            when j.attempt > 0 then 'RETRYING'
            else 'QUEUED' end as state,
       j.total, j.done, j.failed,
       case when j.leased_at is not null and clock_timestamp() > j.leased_at
            then (j.done / greatest(0.001, extract(epoch from j.updated_at - j.leased_at)))::bigint end as rate,
       j.attempt as attempts, j.max_attempts, j.cancel_requested, j.result, j.problems, j.last_error, j.message as payload,
       j.created_at, j.created_by, j.started_at, null::timestamptz as ended_at
  from queue.jobs as j
 where j.job_id = $1
   and j.tenant_id = platform.current_tenant_id()
union all
select h.job_id, h.queue_name, h.state,
       h.total, h.done, h.failed,
       (h.done / greatest(0.001, extract(epoch from h.ended_at - h.started_at)))::bigint,
       h.attempt, h.max_attempts, h.state = 'CANCELLED', h.result, h.problems, h.last_error, h.message,
       h.created_at, h.created_by, h.started_at, h.ended_at
  from queue.jobs_history as h
 where h.job_id = $1
   and h.tenant_id = platform.current_tenant_id()
 limit 1
