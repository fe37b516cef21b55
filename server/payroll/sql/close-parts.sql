-- close-parts: what the payrun took and paid, in parts of so many paysheets: columns side by side, as common/wire/events/payrun-closed.h says
--   $1 uuid payrun, $2 bigint paysheets in a part, $3 date first day of the month
with sheets as (
  select p.paysheet_id, p.employee_id, p.period_to, p.statutory, p.taxable_centavos, p.tax_centavos, p.tax_short_centavos,
         (row_number() over (order by p.paysheet_id) - 1) / $2::bigint as part
    from payroll.paysheets as p
   where p.tenant_id = platform.current_tenant_id()
     and p.payrun_id = $1::uuid
     and p.state = 'CLOSED'),
statutory as (
  select o.part,
         json_build_object('employee_id', json_agg(o.employee_id), 'scheme', json_agg(o.scheme), 'month', json_agg($3::date),
                           'base', json_agg(o.figures[8]), 'employee_due', json_agg(o.figures[1]), 'employee_taken', json_agg(o.figures[6]),
                           'employer_due', json_agg(o.figures[2]), 'employee_mpf', json_agg(o.figures[3]), 'employer_mpf', json_agg(o.figures[4]),
                           'employer_ec', json_agg(o.figures[5]), 'recovered', json_agg(o.figures[7])) as body
    from (select p.part, p.employee_id, s.scheme, p.statutory[s.at + 1 : s.at + 8] as figures
            from sheets as p
           cross join (values ('sss', 0), ('philhealth', 8), ('hdmf', 16)) as s (scheme, at)
           where cardinality(p.statutory) = 24
             and (p.statutory[s.at + 1] <> 0 or p.statutory[s.at + 2] <> 0 or p.statutory[s.at + 6] <> 0 or p.statutory[s.at + 7] <> 0)
           order by p.paysheet_id, s.at) as o
   group by o.part),
tax as (
  select o.part,
         json_build_object('employee_id', json_agg(o.employee_id), 'taxable', json_agg(o.taxable_centavos),
                           'due', json_agg(o.tax_centavos + o.tax_short_centavos), 'taken', json_agg(o.tax_centavos)) as body
    from (select p.* from sheets as p order by p.paysheet_id) as o
   group by o.part),
lines as (
  select p.part, l.kind, l.source_id, l.due_centavos, l.amount_centavos, l.waived_centavos, l.paysheet_id, l.line_no
    from sheets as p
    join payroll.paysheet_lines as l on l.paysheet_id = p.paysheet_id and l.period_to = p.period_to
   where l.tenant_id = platform.current_tenant_id()
     and l.kind in ('obligation', 'benefit')),
obligations as (
  select o.part,
         json_build_object('instalment_id', json_agg(o.source_id), 'due', json_agg(o.due_centavos), 'taken', json_agg(o.amount_centavos),
                           'waived', json_agg(o.waived_centavos)) as body
    from (select l.* from lines as l where l.kind = 'obligation' order by l.paysheet_id, l.line_no) as o
   group by o.part),
benefits as (
  select o.part, json_build_object('instalment_id', json_agg(o.source_id), 'paid', json_agg(o.amount_centavos)) as body
    from (select l.* from lines as l where l.kind = 'benefit' order by l.paysheet_id, l.line_no) as o
   group by o.part)
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
