-- change-insert: a change is asked for
--   $1 uuid change, $2 text subject, $3 uuid resource, $4 jsonb change, $5 text reason, $6 boolean needs to be verified, $7 uuid who asks
insert into audit.change_requests (tenant_id, change_id, subject, resource_id, change, reason, needs_verify, requested_by)
values ((select platform.current_tenant_id()), $1, $2, $3, $4, $5, $6, $7);
