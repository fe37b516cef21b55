-- job-send: a job of the unit's tenant; a live one of the same unique key is given back instead
--   $1 uuid   job
--   $2 text   kind
--   $3 jsonb  payload
--   $4 text   unique key, nullable
--   $5 bigint attempts
--   $6 jsonb  headers: request id, reason
--   $7 bigint delay in milliseconds
--   gives the id of the live job
with sent as (
  insert into queue.jobs (tenant_id, job_id, queue_name, message, unique_key, max_attempts, headers, vt)
  values (platform.current_tenant_id(), $1, $2, $3, $4, $5::bigint, $6, now() + $7::bigint * interval '1 millisecond')
      on conflict (tenant_id, queue_name, unique_key) where unique_key is not null do nothing
  returning job_id)
select job_id
  from sent
union all
select j.job_id
  from queue.jobs as j
 where j.queue_name = $2
   and j.unique_key = $4
   and not exists (select from sent)
