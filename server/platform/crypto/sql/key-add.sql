-- key-add: a new key, unless another process was quicker
--   $1 text    purpose
--   $2 bigint  number
--   $3 bytea   wrapped
insert into platform.data_keys (tenant_id, purpose, key_no, wrapped)
values (platform.current_tenant_id(), $1, $2::bigint::integer, $3)
    on conflict (tenant_id, purpose, key_no) do nothing
