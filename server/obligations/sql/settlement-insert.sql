-- settlement-insert: a part of a closed payrun was heard
--   $1 uuid  payrun, $2 bigint  part, $3 bigint  parts, $4 bigint  instalments
insert into obligations.settlements (tenant_id, payrun_id, part, parts, instalments)
values (platform.current_tenant_id(), $1::uuid, $2::bigint, $3::bigint, $4::bigint)
on conflict do nothing;
