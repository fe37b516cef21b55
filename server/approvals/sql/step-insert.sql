-- step-insert: a step is taken
--   $1 uuid change, $2 text step, $3 uuid who, $4 text reason, $5 text[] marks
insert into audit.change_steps (tenant_id, change_id, step, taken_by, reason, marks)
values ((select platform.current_tenant_id()), $1, $2, $3, $4, $5);
