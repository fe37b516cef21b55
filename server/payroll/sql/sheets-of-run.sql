-- sheets-of-run: paysheets of a payrun by employee number, for documents: so many after the last one seen
--   $1 uuid payrun, $2 text number, $3 uuid paysheet of the last one seen (null: from the first), $4 bigint at most so many
select p.paysheet_id, p.payrun_id, p.employee_id, p.employee_no, p.employee_name, p.period_from, p.period_to, p.pay_date, p.detachment_id,
       p.detachment_code, p.position_code, p.state, p.version, p.lines, p.worked_minutes, p.gross_centavos + p.untouchable_centavos as gross_centavos,
       p.allowances_centavos, p.adjustments_centavos, p.taxable_centavos, p.sss_centavos, p.philhealth_centavos, p.hdmf_centavos, p.tax_centavos,
       p.obligations_centavos, p.deductions_centavos, p.net_centavos, p.net_floor_centavos, p.deferred_centavos, p.waived_centavos,
       p.receivable_centavos, p.employer_centavos, p.thirteenth_month_centavos, p.previous_net_centavos, p.minimum_wage_earner, p.floor_missed,
       p.problems, p.warnings, p.reason, encode(s.sha256, 'hex') as sha256
  from payroll.paysheets as p
  left join payroll.payslips as s on s.tenant_id = p.tenant_id and s.paysheet_id = p.paysheet_id
 where p.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and p.state not in ('ERROR', 'LEFT_OUT')
   and ($3::uuid is null or (p.employee_no, p.paysheet_id) > ($2::text, $3))
 order by p.employee_no, p.paysheet_id
 limit $4::bigint;
