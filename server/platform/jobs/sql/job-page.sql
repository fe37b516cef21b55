-- job-page: jobs, the newest first
--   $1 text    state, nullable
--   $2 text    kind, nullable
--   $3 uuid    after this job, nullable
--   $4 bigint  limit
--   $5 boolean the oldest first
--   $6 text    in the kind or the error, nullable
select *
  from (select j.job_id, j.queue_name as kind,
               case when j.lease_owner is not null and j.vt > now() then 'RUNNING'
                    when j.attempt > 0 then 'RETRYING'
                    else 'QUEUED' end as state,
               j.total, j.done, j.failed,
               case when j.leased_at is not null
                    then (j.done / greatest(0.001, extract(epoch from j.updated_at - j.leased_at)))::bigint end as rate,
               j.attempt as attempts, j.max_attempts, j.cancel_requested, null::jsonb as result, null::jsonb as problems,
               j.last_error, null::jsonb as payload,
               j.created_at, j.created_by, j.started_at, null::timestamptz as ended_at
          from queue.jobs as j
        union all
        select h.job_id, h.queue_name, h.state,
               h.total, h.done, h.failed,
               (h.done / greatest(0.001, extract(epoch from h.ended_at - h.started_at)))::bigint,
               h.attempt, h.max_attempts, h.state = 'CANCELLED', null, null, h.last_error, null,
               h.created_at, h.created_by, h.started_at, h.ended_at
          from queue.jobs_history as h) as j
 where ($1::text is null or j.state = $1)
   and ($2::text is null or j.kind = $2)
   and ($3::uuid is null or case when $5::boolean then j.job_id > $3 else j.job_id < $3 end)
   and ($6::text is null or position(lower($6) in lower(j.kind || ' ' || coalesce(j.last_error, ''))) > 0)
 order by case when $5::boolean then j.job_id end, case when not $5::boolean then j.job_id end desc
 limit $4::bigint
