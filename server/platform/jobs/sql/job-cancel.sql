-- job-cancel: asks a running job to stop; one that waits ends at once
--   $1 uuid  job
--   gives what it is now: RUNNING, CANCELLED, or no row
with live as (
  update queue.jobs as j
     set cancel_requested = true, updated_at = clock_timestamp()
   where j.job_id = $1
     and j.tenant_id = platform.current_tenant_id()
  returning j.job_id, j.lease_owner is not null and j.vt > clock_timestamp() as running)
select running
  from live
