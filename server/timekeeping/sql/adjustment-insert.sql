-- adjustment-insert: one that is asked for
--   $1 uuid adjustment, $2 uuid employee, $3 date day, $4 text kind, $5 uuid time log, $6 timestamptz its instant, $7 timestamptz the instant that shall count,
--   $8 text type, $9 uuid detachment, $10 boolean paid, $11 bigint minutes, $12 text reason
insert into timekeeping.adjustments (tenant_id, adjustment_id, employee_id, duty_date, kind, time_log_id, event_ts, ts, type, detachment_id, paid,
       minutes, reason)
values (platform.current_tenant_id(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::bigint, $12)
