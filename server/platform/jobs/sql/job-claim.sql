-- job-claim: ready jobs of all tenants, an equal share each
--   $1 text[]   kinds
--   $2 bigint[] lease of each in seconds
--   $3 text     worker
--   $4 bigint   how many
--   $5 uuid     the tenant served last, nullable
select tenant_id, job_id, queue_name, attempt, max_attempts, lease_no, message, headers, created_by, created_at
  from queue.claim ($1, $2::bigint[]::integer[], $3, $4::bigint::integer, $5)
