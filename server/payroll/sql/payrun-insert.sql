-- payrun-insert: a new payrun
--   $1 uuid id, $2 uuid period, $3 text kind, $4 text title
insert into payroll.payruns (tenant_id, payrun_id, pay_period_id, kind, title)
values (platform.current_tenant_id(), $1::uuid, $2::uuid, $3::text, $4::text);
