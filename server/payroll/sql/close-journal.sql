-- close-journal: the postings of one entry per paysheet. Pay is an expense against what is payable to the employee; what is taken from it is payable to others or
-- settles what he owes; what law asks for and pay did not bear is a receivable: the agency remits it all the same.
--   $1 uuid payrun, $2 date the day on which it is paid
with sheets as (
  select p.*
    from payroll.paysheets as p
   where p.tenant_id = platform.current_tenant_id()
     and p.payrun_id = $1::uuid
     and p.state <> 'LEFT_OUT'),
amounts (paysheet_id, account, amount) as (
  select l.paysheet_id,
         case when l.kind in ('earning', 'adjustment') then 'expense.' || coalesce(l.pay_class, 'basic')
              when l.kind = 'benefit' then case when l.code = 'thirteenth_month' then 'payable.' else 'expense.' end || l.code
              else case when l.code in ('sss_loan', 'hdmf_loan') then 'payable.' else 'receivable.' end || l.code end,
         case when l.kind = 'obligation' then - l.amount_centavos else l.amount_centavos end
    from sheets as p
    join payroll.paysheet_lines as l on l.paysheet_id = p.paysheet_id and l.period_to = p.period_to
   where l.tenant_id = platform.current_tenant_id()
     and l.kind in ('earning', 'adjustment', 'benefit', 'obligation')
  union all
  select p.paysheet_id, a.account, a.amount
    from sheets as p
   cross join lateral (values
           ('payable.net_pay', - p.net_centavos),
           ('payable.withholding_tax', - p.tax_centavos - p.tax_short_centavos),
           ('receivable.tax', p.tax_short_centavos),
           ('expense.thirteenth_month', p.thirteenth_month_centavos),
           ('payable.thirteenth_month', - p.thirteenth_month_centavos)) as a (account, amount)
  union all
  select p.paysheet_id, a.account, a.amount
    from sheets as p
   cross join lateral (values
           ('payable.sss', - p.statutory[1] - p.statutory[2]),
           ('expense.sss_employer', p.statutory[2]),
           ('payable.philhealth', - p.statutory[9] - p.statutory[10]),
           ('expense.philhealth_employer', p.statutory[10]),
           ('payable.hdmf', - p.statutory[17] - p.statutory[18]),
           ('expense.hdmf_employer', p.statutory[18]),
           ('receivable.statutory', p.statutory[1] - p.statutory[6] - p.statutory[7] + p.statutory[9] - p.statutory[14] - p.statutory[15]
                                    + p.statutory[17] - p.statutory[22] - p.statutory[23])) as a (account, amount)
   where cardinality(p.statutory) = 24),
sums as (
  select a.paysheet_id, a.account, sum(a.amount)::bigint as amount
    from amounts as a
   group by a.paysheet_id, a.account
  having sum(a.amount) <> 0)
insert into payroll.pay_journal (tenant_id, posted_on, entry_id, posting_no, account, debit_centavos, credit_centavos)
select (select platform.current_tenant_id()), $2::date, s.paysheet_id,
       row_number() over (partition by s.paysheet_id order by s.amount < 0, s.account), s.account, greatest(s.amount, 0), greatest(- s.amount, 0)
  from sums as s;
