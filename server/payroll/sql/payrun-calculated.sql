-- payrun-calculated: the totals of its paysheets; sheets with errors count, their figures are nothing
--   $1 uuid  payrun, $2 bigint  calculation
update payroll.payruns as r
   set state = 'CALCULATED', job_id = null, calculated_at = now(), version = r.version + 1,
       paysheets = t.paysheets, errors = t.errors, warnings = t.warnings, rejected = 0,
       gross_centavos = t.gross, statutory_centavos = t.statutory, tax_centavos = t.tax, obligations_centavos = t.obligations, net_centavos = t.net,
       deferred_centavos = t.deferred, waived_centavos = t.waived, employer_centavos = t.employer, receivable_centavos = t.receivable,
       thirteenth_month_centavos = t.thirteenth_month,
       reason = null, submitted_by = null, submitted_at = null, verified_by = null, verified_at = null, approved_by = null, approved_at = null
  from (select count(*) as paysheets,
               count(*) filter (where p.state = 'ERROR') as errors,
               count(*) filter (where cardinality(p.warnings) > 0) as warnings,
               coalesce(sum(p.gross_centavos + p.untouchable_centavos), 0) as gross,
               coalesce(sum(p.sss_centavos + p.philhealth_centavos + p.hdmf_centavos), 0) as statutory,
               coalesce(sum(p.tax_centavos), 0) as tax,
               coalesce(sum(p.obligations_centavos), 0) as obligations,
               coalesce(sum(p.net_centavos), 0) as net,
               coalesce(sum(p.deferred_centavos), 0) as deferred,
               coalesce(sum(p.waived_centavos), 0) as waived,
               coalesce(sum(p.employer_centavos), 0) as employer,
               coalesce(sum(p.receivable_centavos), 0) as receivable,
               coalesce(sum(p.thirteenth_month_centavos), 0) as thirteenth_month
          from payroll.paysheets as p
         where p.tenant_id = platform.current_tenant_id()
           and p.payrun_id = $1::uuid) as t
 where r.tenant_id = platform.current_tenant_id()
   and r.payrun_id = $1
   and r.calculation_no = $2::bigint
   and r.state in ('OPEN', 'CALCULATED', 'REJECTED');
