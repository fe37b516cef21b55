-- blocked-key-add
--   $1 text  subscription
--   $2 text  key
--   $3 text  reason
insert into queue.blocked_keys (tenant_id, name, partition_key, reason)
values (platform.current_tenant_id(), $1, $2, $3)
    on conflict (tenant_id, name, partition_key) do update set attempts = queue.blocked_keys.attempts + 1, reason = excluded.reason,
       updated_at = clock_timestamp()
returning attempts
