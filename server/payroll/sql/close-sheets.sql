-- close-sheets: paysheets are closed and their payslips sealed
--   $1 uuid payrun, $2 text what follows the number of an off-cycle payslip
with closed as (
  update payroll.paysheets as p
     set state = 'CLOSED', version = p.version + 1, updated_at = now(), updated_by = platform.current_user_id()
   where p.tenant_id = platform.current_tenant_id()
     and p.payrun_id = $1::uuid
     and p.state in ('COMPUTED', 'APPROVED')
  returning p.tenant_id, p.paysheet_id, p.payrun_id, p.employee_id, p.employee_no, p.period_to, p.content_sha256)
insert into payroll.payslips (tenant_id, paysheet_id, payrun_id, employee_id, payslip_no, sha256)
select c.tenant_id, c.paysheet_id, c.payrun_id, c.employee_id, to_char(c.period_to, 'YYYYMMDD') || '-' || c.employee_no || $2::text, c.content_sha256
  from closed as c;
