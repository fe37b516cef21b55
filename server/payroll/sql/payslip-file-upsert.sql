-- payslip-file-upsert: all payslips of a payrun in one file
--   $1 uuid payrun, $2 bytea hash, $3 bigint pages, $4 bytea file
insert into payroll.payslip_files as f (tenant_id, payrun_id, sha256, pages, pdf)
values (platform.current_tenant_id(), $1::uuid, $2::bytea, $3::bigint, $4::bytea)
on conflict (tenant_id, payrun_id) do update set sha256 = excluded.sha256, pages = excluded.pages, pdf = excluded.pdf, updated_at = now();
