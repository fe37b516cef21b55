-- What must hold in the database of payroll. :tenant, :snapshots and :seals (how many timekeeping sealed, and a sum over
-- the seals). The temporary table law_rows holds the contribution tables in force in the month. Rows: name, ok, detail.
select 'payroll has every sealed timesheet, letter for letter' as name, n = :snapshots and seals = :'seals' as ok, n || ' of ' || :snapshots as detail
  from (select count(*) as n, coalesce(md5(string_agg(encode(s.sha256, 'hex'), ',' order by s.timesheet_id, s.version)), '') as seals
          from payroll.snapshots as s where s.tenant_id = :'tenant' and s.period_from >= '2026-05-01') as c
union all
select 'no paysheet has an error', count(*) = 0, count(*) || ' have'
  from payroll.paysheets as p where p.tenant_id = :'tenant' and p.state in ('ERROR', 'LEFT_OUT')
union all
select 'the lines of every paysheet add up to it', count(*) = 0, count(*) || ' do not'
  from payroll.paysheets as p
  join lateral (select coalesce(sum(l.amount_centavos) filter (where l.kind in ('earning', 'adjustment', 'benefit')), 0) as added,
                       coalesce(sum(l.amount_centavos) filter (where l.kind in ('statutory', 'tax', 'obligation')), 0) as taken
                  from payroll.paysheet_lines as l where l.tenant_id = p.tenant_id and l.paysheet_id = p.paysheet_id) as l on true
 where p.tenant_id = :'tenant' and p.state = 'CLOSED'
   and (l.added <> p.gross_centavos + p.untouchable_centavos or l.taken <> p.deductions_centavos or l.added - l.taken <> p.net_centavos)
union all
select 'paysheets add up to their payrun', count(*) = 0, count(*) || ' do not'
  from payroll.payruns as r
  join lateral (select sum(p.gross_centavos) as gross, sum(p.net_centavos) as net, sum(p.deferred_centavos) as deferred
                  from payroll.paysheets as p where p.tenant_id = r.tenant_id and p.payrun_id = r.payrun_id and p.state = 'CLOSED') as p on true
 where r.tenant_id = :'tenant' and r.state = 'CLOSED'
   and (p.gross <> r.gross_centavos or p.net <> r.net_centavos or p.deferred <> r.deferred_centavos)
union all
select 'money is conserved: the journal balances and pays what the paysheets say',
       debit = credit and paid = net, 'debit ' || debit || ', credit ' || credit || ', paid ' || paid || ', net ' || net || ' centavos'
  from (select coalesce(sum(j.debit_centavos), 0) as debit, coalesce(sum(j.credit_centavos), 0) as credit,
               coalesce(sum(j.credit_centavos - j.debit_centavos) filter (where j.account = 'payable.net_pay'), 0) as paid
          from payroll.pay_journal as j where j.tenant_id = :'tenant') as j,
       (select coalesce(sum(p.net_centavos), 0) as net from payroll.paysheets as p where p.tenant_id = :'tenant' and p.state = 'CLOSED') as p
union all
select 'every closed paysheet is in the journal once', count(*) = 0, count(*) || ' are not'
  from payroll.paysheets as p
 where p.tenant_id = :'tenant' and p.state = 'CLOSED'
   and (select count(*) from payroll.journal_entries as e where e.tenant_id = p.tenant_id and e.paysheet_id = p.paysheet_id) <> 1
union all
select 'the net-pay floor holds, or nothing that could be put off was taken', count(*) = 0, count(*) || ' do not'
  from payroll.paysheets as p
 where p.tenant_id = :'tenant' and p.state = 'CLOSED' and p.net_centavos - p.untouchable_centavos < p.net_floor_centavos and p.obligations_centavos > 0;
