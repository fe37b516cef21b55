-- sheet-lines: the lines of paysheets, in order
--   $1 uuid[]  paysheets, $2 date[]  last day of their period
select l.paysheet_id, l.line_no, l.kind, l.code, l.title, l.pay_class, l.minutes, l.rate_centavos, l.rate_minutes, l.multiplier, l.due_centavos,
       l.waived_centavos, l.deferred_centavos, l.amount_centavos, l.basic_centavos, l.source_id, l.detachment_id
  from unnest($1::uuid[], $2::date[]) as n (paysheet, period_to)
  join payroll.paysheet_lines as l on l.paysheet_id = n.paysheet and l.period_to = n.period_to
 where l.tenant_id = platform.current_tenant_id()
 order by l.paysheet_id, l.line_no;
