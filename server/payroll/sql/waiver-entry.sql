-- waiver-entry: an approved waiver in the pay journal: what was due in one period is due in others
--   $1 uuid entry, $2 date posted on, $3 uuid employee, $4 bigint amount, $5 text memo
with entry as (
  insert into payroll.journal_entries (tenant_id, entry_id, posted_on, kind, employee_id, postings, total_centavos, memo)
  values (platform.current_tenant_id(), $1::uuid, $2::date, 'waiver', $3::uuid, 2, $4::bigint, $5::text)
  on conflict do nothing
  returning tenant_id, entry_id, posted_on, total_centavos)
insert into payroll.pay_journal (tenant_id, posted_on, entry_id, posting_no, account, debit_centavos, credit_centavos)
select e.tenant_id, e.posted_on, e.entry_id, n.posting_no, n.account, n.debit * e.total_centavos, n.credit * e.total_centavos
  from entry as e
 cross join (values (1, 'memo.instalment_deferred', 1, 0), (2, 'memo.instalment_due', 0, 1)) as n (posting_no, account, debit, credit);
