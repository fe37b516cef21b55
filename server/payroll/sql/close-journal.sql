-- close-journal: one entry per paysheet. Pay is an expense against what is payable to the employee; what is taken from it is payable to others or
-- settles what he owes; what law asks for and pay did not bear is a receivable: the agency remits it all the same.
--   $1 uuid payrun
with sheets as (
  select p.*
    from payroll.paysheets as p
   where p.tenant_id = platform.current_tenant_id()
     and p.payrun_id = $1::uuid
     and p.state <> 'LEFT_OUT'),
amounts (paysheet_id, account, amount) as (
  select l.paysheet_id, a.account, a.sign * l.amount_centavos
    from sheets as p
    join payroll.paysheet_lines as l on l.paysheet_id = p.paysheet_id and l.period_to = p.period_to
   cross join lateral (values
           (case when l.kind in ('earning', 'adjustment') then 'expense.' || coalesce(l.pay_class, 'basic')
                 when l.kind = 'benefit' and l.code = 'thirteenth_month' then 'payable.thirteenth_month'
                 when l.kind = 'benefit' then 'expense.' || l.code
                 when l.kind = 'accrual' then 'expense.thirteenth_month'
                 else 'payable.net_pay' end, 1),
           (case when l.kind = 'accrual' then 'payable.thirteenth_month'
                 when l.kind = 'obligation' then case when l.code in ('sss_loan', 'hdmf_loan') then 'payable.' else 'receivable.' end || l.code
                 else 'payable.net_pay' end, -1)) as a (account, sign)
   where l.tenant_id = platform.current_tenant_id()
     and l.kind in ('earning', 'adjustment', 'benefit', 'obligation', 'accrual')
  union all
  select p.paysheet_id, a.account, a.amount
    from sheets as p
   cross join (values ('sss', 0), ('philhealth', 8), ('hdmf', 16)) as s (scheme, at)
   cross join lateral (values
           ('payable.net_pay', p.statutory[s.at + 6] + p.statutory[s.at + 7]),
           ('payable.' || s.scheme, - p.statutory[s.at + 1] - p.statutory[s.at + 2]),
           ('expense.' || s.scheme || '_employer', p.statutory[s.at + 2]),
           ('receivable.statutory', p.statutory[s.at + 1] - p.statutory[s.at + 6] - p.statutory[s.at + 7])) as a (account, amount)
   where cardinality(p.statutory) = 24
  union all
  select p.paysheet_id, a.account, a.amount
    from sheets as p
   cross join lateral (values
           ('payable.net_pay', p.tax_centavos),
           ('payable.withholding_tax', - p.tax_centavos - p.tax_short_centavos),
           ('receivable.tax', p.tax_short_centavos)) as a (account, amount)
   where p.tax_centavos <> 0 or p.tax_short_centavos <> 0),
sums as (
  select a.paysheet_id, a.account, sum(a.amount)::bigint as amount
    from amounts as a
   group by a.paysheet_id, a.account
  having sum(a.amount) <> 0),
postings as (
  insert into payroll.pay_journal (tenant_id, posted_on, entry_id, posting_no, account, debit_centavos, credit_centavos)
  select p.tenant_id, p.pay_date, p.paysheet_id, row_number() over (partition by s.paysheet_id order by s.amount < 0, s.account), s.account,
         greatest(s.amount, 0), greatest(- s.amount, 0)
    from sums as s
    join sheets as p on p.paysheet_id = s.paysheet_id
  returning entry_id, debit_centavos)
insert into payroll.journal_entries (tenant_id, entry_id, posted_on, kind, payrun_id, paysheet_id, employee_id, employee_no, postings, total_centavos, memo)
select p.tenant_id, p.paysheet_id, p.pay_date, 'pay', p.payrun_id, p.paysheet_id, p.employee_id, p.employee_no, t.postings, t.total,
       'Pay of ' || p.period_from || ' to ' || p.period_to
  from (select entry_id, count(*) as postings, sum(debit_centavos)::bigint as total from postings group by entry_id) as t
  join sheets as p on p.paysheet_id = t.entry_id;
