-- job-progress: the heartbeat, with what was done so far
--   $1 uuid   job
--   $2 bigint lease number
--   $3 bigint lease in seconds
--   $4 bigint total, 0: unknown
--   $5 bigint done
--   $6 bigint failed
--   $7 jsonb  problems that are new
--   gives no row when the lease is lost
update queue.jobs as j
   set vt = clock_timestamp() + $3::bigint * interval '1 second',
       total = nullif($4::bigint, 0),
       done = $5::bigint,
       failed = $6::bigint,
       problems = case when $7::jsonb = '[]' then j.problems else j.problems || $7::jsonb end,
       updated_at = clock_timestamp()
 where j.tenant_id = platform.current_tenant_id()
   and j.job_id = $1
   and j.lease_no = $2::bigint
returning j.cancel_requested
