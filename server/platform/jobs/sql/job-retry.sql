-- job-retry: once more, later
--   $1 uuid   job
--   $2 bigint lease number
--   $3 bigint delay in milliseconds
--   $4 text   error, nullable: handed back, and the attempt does not count
update queue.jobs as j
   set vt = clock_timestamp() + $3::bigint * interval '1 millisecond',
       attempt = case when $4::text is null then greatest(0, j.attempt - 1) else j.attempt end,
       lease_owner = null,
       last_error = coalesce($4, j.last_error),
       updated_at = clock_timestamp()
 where j.tenant_id = platform.current_tenant_id()
   and j.job_id = $1
   and j.lease_no = $2::bigint
