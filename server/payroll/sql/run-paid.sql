-- run-paid: what closed payruns paid for timesheets before, by code
--   $1 uuid[]  timesheets
select l.source_id as timesheet_id, l.code, min(l.pay_class) as pay_class, sum(l.minutes)::bigint as minutes, sum(l.amount_centavos)::bigint as amount,
       sum(l.basic_centavos)::bigint as basic
  from payroll.paysheet_sources as s
  join payroll.paysheets as p on p.tenant_id = s.tenant_id and p.paysheet_id = s.paysheet_id and p.state = 'CLOSED'
  join payroll.paysheet_lines as l on l.tenant_id = p.tenant_id and l.paysheet_id = p.paysheet_id and l.period_to = p.period_to
                                  and l.source_id = s.timesheet_id and l.kind in ('earning', 'adjustment')
 where s.tenant_id = platform.current_tenant_id()
   and s.timesheet_id = any ($1::uuid[])
 group by l.source_id, l.code
 order by l.source_id, l.code;
