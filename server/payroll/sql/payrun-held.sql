-- payrun-held: the same, held until the unit ends
--   $1 uuid  payrun
select r.payrun_id, r.pay_period_id, r.kind, r.title, d.period_from, d.period_to, d.pay_date, d.cut_off, d.kind as period_kind, r.state, r.version,
       r.calculation_no, r.job_id, r.change_id, r.paysheets, r.errors, r.warnings, r.rejected, r.gross_centavos, r.statutory_centavos, r.tax_centavos,
       r.obligations_centavos, r.net_centavos, r.deferred_centavos, r.waived_centavos, r.employer_centavos, r.receivable_centavos,
       r.thirteenth_month_centavos, r.calculated_at, r.submitted_by, r.submitted_at, r.verified_by, r.verified_at, r.approved_by, r.approved_at,
       r.closed_by, r.closed_at, r.reason
  from payroll.payruns as r
  join payroll.pay_periods as d on d.tenant_id = r.tenant_id and d.pay_period_id = r.pay_period_id
 where r.tenant_id = platform.current_tenant_id()
   and r.payrun_id = $1::uuid
   for update of r;
