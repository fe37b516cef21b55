-- close-parts: what the payrun took and paid, in parts of so many paysheets: columns side by side, as common/wire/events/payrun-closed.h says
--   $1 uuid payrun, $2 bigint paysheets in a part, $3 date first day of the month
with sheets as (
  select p.*, (row_number() over (order by p.paysheet_id) - 1) / $2::bigint as part
    from payroll.paysheets as p
   where p.tenant_id = platform.current_tenant_id()
     and p.payrun_id = $1::uuid
     and p.state = 'CLOSED'),
statutory as (
  select p.part,
         json_build_object('employee_id', json_agg(p.employee_id order by p.paysheet_id, s.at), 'scheme', json_agg(s.scheme order by p.paysheet_id, s.at),
                           'month', json_agg($3::date order by p.paysheet_id, s.at),
                           'base', json_agg(p.statutory[s.at + 8] order by p.paysheet_id, s.at),
                           'employee_due', json_agg(p.statutory[s.at + 1] order by p.paysheet_id, s.at),
                           'employee_taken', json_agg(p.statutory[s.at + 6] order by p.paysheet_id, s.at),
                           'employer_due', json_agg(p.statutory[s.at + 2] order by p.paysheet_id, s.at),
                           'employee_mpf', json_agg(p.statutory[s.at + 3] order by p.paysheet_id, s.at),
                           'employer_mpf', json_agg(p.statutory[s.at + 4] order by p.paysheet_id, s.at),
                           'employer_ec', json_agg(p.statutory[s.at + 5] order by p.paysheet_id, s.at),
                           'recovered', json_agg(p.statutory[s.at + 7] order by p.paysheet_id, s.at)) as body
    from sheets as p
   cross join (values ('sss', 0), ('philhealth', 8), ('hdmf', 16)) as s (scheme, at)
   where cardinality(p.statutory) = 24
     and (p.statutory[s.at + 1] <> 0 or p.statutory[s.at + 2] <> 0 or p.statutory[s.at + 6] <> 0 or p.statutory[s.at + 7] <> 0)
   group by p.part),
tax as (
  select p.part,
         json_build_object('employee_id', json_agg(p.employee_id order by p.paysheet_id), 'taxable', json_agg(p.taxable_centavos order by p.paysheet_id),
                           'due', json_agg(p.tax_centavos + p.tax_short_centavos order by p.paysheet_id),
                           'taken', json_agg(p.tax_centavos order by p.paysheet_id)) as body
    from sheets as p
   group by p.part),
lines as (
  select p.part, l.*
    from sheets as p
    join payroll.paysheet_lines as l on l.paysheet_id = p.paysheet_id and l.period_to = p.period_to
   where l.tenant_id = platform.current_tenant_id()
     and l.kind in ('obligation', 'benefit')),
obligations as (
  select l.part,
         json_build_object('instalment_id', json_agg(l.source_id order by l.paysheet_id, l.line_no), 'due', json_agg(l.due_centavos order by l.paysheet_id, l.line_no),
                           'taken', json_agg(l.amount_centavos order by l.paysheet_id, l.line_no),
                           'waived', json_agg(l.waived_centavos order by l.paysheet_id, l.line_no)) as body
    from lines as l
   where l.kind = 'obligation'
   group by l.part),
benefits as (
  select l.part,
         json_build_object('instalment_id', json_agg(l.source_id order by l.paysheet_id, l.line_no),
                           'paid', json_agg(l.amount_centavos order by l.paysheet_id, l.line_no)) as body
    from lines as l
   where l.kind = 'benefit'
   group by l.part)
select n.part, n.paysheets,
       coalesce(s.body, '{"employee_id":[],"scheme":[],"month":[],"employee_due":[],"employee_taken":[],"employer_due":[]}')::text as statutory,
       coalesce(t.body, '{"employee_id":[],"taxable":[],"due":[],"taken":[]}')::text as tax,
       coalesce(o.body, '{"instalment_id":[],"due":[],"taken":[],"waived":[]}')::text as obligations,
       coalesce(b.body, '{"instalment_id":[],"paid":[]}')::text as benefits
  from (select p.part, count(*) as paysheets from sheets as p group by p.part) as n
  left join statutory as s on s.part = n.part
  left join tax as t on t.part = n.part
  left join obligations as o on o.part = n.part
  left join benefits as b on b.part = n.part
 order by n.part;
