-- job-fence: is the lease still ours? A claim waits until our unit ends; a heartbeat does not
--   $1 uuid   job
--   $2 bigint lease number
select j.cancel_requested
  from queue.jobs as j
 where j.tenant_id = platform.current_tenant_id()
   and j.job_id = $1
   and j.lease_no = $2::bigint
   for key share
