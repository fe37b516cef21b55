-- job-end: from the live table to the history
--   $1 uuid   job
--   $2 bigint lease number
--   $3 text   DONE, FAILED, CANCELLED
--   $4 jsonb  result, nullable
--   $5 text   error, nullable
select queue.end_job ($1, $2::bigint, $3, $4, $5) as ended
