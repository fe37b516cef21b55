-- sheets-page: a page of paysheets by employee number
--   $1 uuid payrun, $2 uuid employee, $3 uuid detachment, $4 text state, $5 text only: problems, warnings, deferred; null: any
--   $6 text words, $7 text sort: not used; $8 boolean descending
--   $9 text  key of the last row seen, $10 uuid  its id, null: first page; $11 bigint at most so many
select p.paysheet_id, p.payrun_id, p.employee_id, p.employee_no, p.employee_name, p.period_from, p.period_to, p.pay_date, p.detachment_id,
       p.detachment_code, p.position_code, p.state, p.version, p.lines, p.worked_minutes, p.gross_centavos + p.untouchable_centavos as gross_centavos,
       p.allowances_centavos, p.adjustments_centavos, p.taxable_centavos, p.sss_centavos, p.philhealth_centavos, p.hdmf_centavos, p.tax_centavos,
       p.obligations_centavos, p.deductions_centavos, p.net_centavos, p.net_floor_centavos, p.deferred_centavos, p.waived_centavos,
       p.receivable_centavos, p.employer_centavos, p.thirteenth_month_centavos, p.previous_net_centavos, p.minimum_wage_earner, p.floor_missed,
       p.problems, p.warnings, p.reason, encode(s.sha256, 'hex') as sha256
  from payroll.paysheets as p
  left join payroll.payslips as s on s.tenant_id = p.tenant_id and s.paysheet_id = p.paysheet_id
 where p.tenant_id = platform.current_tenant_id()
   and ($1::uuid is null or p.payrun_id = $1)
   and ($2::uuid is null or p.employee_id = $2)
   and ($3::uuid is null or p.detachment_id = $3)
   and ($4::text is null or p.state = $4)
   and ($5::text is null
        or ($5 = 'problems' and cardinality(p.problems) > 0)
        or ($5 = 'warnings' and cardinality(p.warnings) > 0)
        or ($5 = 'deferred' and (p.deferred_centavos <> 0 or p.waived_centavos <> 0)))
   and ($6::text is null or strpos(lower(p.employee_no || ' ' || p.employee_name), lower($6)) > 0)
   and $7::text is not distinct from $7
   and ($10::uuid is null
        or (not $8::boolean and (p.employee_no, p.paysheet_id) > ($9::text, $10))
        or ($8 and (p.employee_no, p.paysheet_id) < ($9, $10)))
 order by case when not $8 then p.employee_no end, case when $8 then p.employee_no end desc,
          case when not $8 then p.paysheet_id end, case when $8 then p.paysheet_id end desc
 limit $11::bigint;
