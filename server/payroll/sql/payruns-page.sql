-- payruns-page: payruns by the first day of their period
--   $1 uuid period, $2 date first day, $3 text kind, $4 text state, null: any
--   $5 text words, $6 text sort: not used; $7 boolean descending
--   $8 text  key of the last row seen, $9 uuid  its id, null: first page; $10 bigint at most so many
select r.payrun_id, r.pay_period_id, r.kind, r.title, d.period_from, d.period_to, d.pay_date, d.cut_off, d.kind as period_kind, r.state, r.version,
       r.calculation_no, r.job_id, r.change_id, r.paysheets, r.errors, r.warnings, r.rejected, r.gross_centavos, r.statutory_centavos, r.tax_centavos,
       r.obligations_centavos, r.net_centavos, r.deferred_centavos, r.waived_centavos, r.employer_centavos, r.receivable_centavos,
       r.thirteenth_month_centavos, r.calculated_at, r.submitted_by, r.submitted_at, r.verified_by, r.verified_at, r.approved_by, r.approved_at,
       r.closed_by, r.closed_at, r.reason
  from payroll.payruns as r
  join payroll.pay_periods as d on d.tenant_id = r.tenant_id and d.pay_period_id = r.pay_period_id
 where r.tenant_id = platform.current_tenant_id()
   and ($1::uuid is null or r.pay_period_id = $1)
   and ($2::date is null or d.period_from = $2)
   and ($3::text is null or r.kind = $3)
   and ($4::text is null or r.state = $4)
   and ($5::text is null or strpos(lower(r.title), lower($5)) > 0)
   and $6::text is not distinct from $6
   and ($9::uuid is null
        or (not $7::boolean and (d.period_from, r.payrun_id) > ($8::date, $9))
        or ($7 and (d.period_from, r.payrun_id) < ($8::date, $9)))
 order by case when not $7 then d.period_from end, case when $7 then d.period_from end desc,
          case when not $7 then r.payrun_id end, case when $7 then r.payrun_id end desc
 limit $10::bigint;
