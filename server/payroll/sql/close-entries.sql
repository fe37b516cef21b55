-- close-entries: the entries that the postings of a payrun belong to
--   $1 uuid payrun
insert into payroll.journal_entries (tenant_id, entry_id, posted_on, kind, payrun_id, paysheet_id, employee_id, employee_no, postings, total_centavos, memo)
select p.tenant_id, p.paysheet_id, p.pay_date, 'pay', p.payrun_id, p.paysheet_id, p.employee_id, p.employee_no, t.postings, t.total,
       'Pay of ' || p.period_from || ' to ' || p.period_to
  from payroll.paysheets as p
 cross join lateral (
         select count(*) as postings, sum(j.debit_centavos)::bigint as total
           from payroll.pay_journal as j
          where j.tenant_id = p.tenant_id
            and j.entry_id = p.paysheet_id
            and j.posted_on = p.pay_date) as t
 where p.tenant_id = platform.current_tenant_id()
   and p.payrun_id = $1::uuid
   and p.state <> 'LEFT_OUT'
   and t.postings > 0;
