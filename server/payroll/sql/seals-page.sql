-- seals-page: closed paysheets as they stand, with the seal they were given: so many after the last one seen
--   $1 uuid payrun, $2 uuid  last paysheet seen (null: from the first), $3 bigint at most so many
select p.paysheet_id, p.employee_id, p.employee_no, p.employee_name, p.period_to, p.lines, p.worked_minutes, p.gross_centavos, p.basic_centavos,
       p.allowances_centavos, p.adjustments_centavos, p.untouchable_centavos, p.taxable_centavos, p.regular_centavos, p.supplementary_centavos,
       p.exempt_centavos, p.pool_centavos, p.tax_centavos, p.obligations_centavos, p.deductions_centavos, p.net_centavos, p.net_floor_centavos,
       p.deferred_centavos, p.waived_centavos, p.receivable_centavos, p.tax_short_centavos, p.employer_centavos, p.thirteenth_month_centavos,
       p.minimum_wage_earner, p.floor_missed, p.statutory, p.problems, p.warnings, t.traces, s.sha256
  from payroll.paysheets as p
  join payroll.payslips as s on s.tenant_id = p.tenant_id and s.paysheet_id = p.paysheet_id
  join payroll.paysheet_traces as t on t.tenant_id = p.tenant_id and t.paysheet_id = p.paysheet_id
 where p.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and ($2::uuid is null or p.paysheet_id > $2)
 order by p.paysheet_id
 limit $3::bigint;
