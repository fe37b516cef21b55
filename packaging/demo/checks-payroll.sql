-- What must hold in the database of payroll. :tenant, :snapshots and :seals (how many timekeeping sealed, and a sum over
-- the seals). The temporary tables law_rows and law_tax hold the contribution and tax tables in force in the month.
-- Rows: name, ok, detail.
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
 where p.tenant_id = :'tenant' and p.state = 'CLOSED' and p.net_centavos - p.untouchable_centavos < p.net_floor_centavos and p.obligations_centavos > 0
union all
-- Reckoned from the tables by other means than the server's: SSS by the row that the month's gross falls in, PhilHealth and
-- Pag-IBIG by their rates of the base, which is kept within floor and ceiling.
select 'every statutory share equals its table', count(*) filter (where wrong) = 0 and count(*) > 0, count(*) filter (where wrong) || ' of ' || count(*) || ' do not'
  from (select p.statutory[1] <> r.employee + r.employee_mpf or p.statutory[2] <> r.employer + r.employer_mpf + r.employer_ec as wrong
          from payroll.paysheets as p
          join lateral (select sum(q.gross_centavos) as gross from payroll.paysheets as q
                         where q.tenant_id = p.tenant_id and q.employee_id = p.employee_id and q.state = 'CLOSED') as month on true
          left join law_rows as r on r.scheme = 'sss' and month.gross between r.at_least and coalesce(r.not_over, 9000000000000)
         where p.tenant_id = :'tenant' and p.state = 'CLOSED' and p.statutory[1] > 0
        union all
        select p.statutory[9] + p.statutory[10] <> total.centavos or p.statutory[9] <> floor(total.centavos / 2)
          from payroll.paysheets as p
          left join law_rows as r on r.scheme = 'philhealth'
          left join lateral (select round(least(greatest(p.statutory[16], r.base_floor), r.base_ceiling)::numeric * (r.employee_rate + r.employer_rate) / 1000000)
                                    as centavos) as total on true
         where p.tenant_id = :'tenant' and p.state = 'CLOSED' and p.statutory[9] > 0
        union all
        select p.statutory[17] <> round(least(p.statutory[24], r.base_ceiling)::numeric * r.employee_rate / 1000000)
               or p.statutory[18] <> round(least(p.statutory[24], r.base_ceiling)::numeric * r.employer_rate / 1000000)
          from payroll.paysheets as p
          left join law_rows as r on r.scheme = 'hdmf' and p.statutory[24] between r.at_least and coalesce(r.not_over, 9000000000000)
         where p.tenant_id = :'tenant' and p.state = 'CLOSED' and p.statutory[17] > 0) as s
union all
-- By the half-month's table; of who left, the year's tax on all that was taxable, less what was withheld before.
select 'the tax of every paysheet equals its table', count(*) filter (where wrong is not false) = 0 and count(*) > 0,
       count(*) filter (where wrong is not false) || ' of ' || count(*) || ' do not'
  from (select p.tax_centavos + p.tax_short_centavos
               <> case p.tax_method
                    when 'table' then (select t.base + round((p.taxable_centavos - t.over)::numeric * t.rate / 1000000)
                                         from law_tax as t where t.period = 'semi_monthly' and t.over <= p.taxable_centavos order by t.over desc limit 1)
                    when 'annualised' then (select t.base + round((year.taxable - t.over)::numeric * t.rate / 1000000)
                                              from law_tax as t where t.period = 'annual' and t.over <= year.taxable order by t.over desc limit 1)
                                           - year.withheld
                  end as wrong
          from payroll.paysheets as p
          join lateral (select sum(q.taxable_centavos) as taxable, coalesce(sum(q.tax_centavos) filter (where q.period_to < p.period_to), 0) as withheld
                          from payroll.paysheets as q
                         where q.tenant_id = p.tenant_id and q.employee_id = p.employee_id and q.state = 'CLOSED' and q.period_to <= p.period_to) as year on true
         where p.tenant_id = :'tenant' and p.state = 'CLOSED') as s
union all
-- Minutes of the sealed timesheets against minutes that were priced, by the hour: nobody is paid for time that was not sealed.
select 'what was sealed was priced: minutes of duties paid by the hour', sealed = priced, 'sealed ' || sealed || ', priced ' || priced
  from (select coalesce(sum(u.minutes), 0) as sealed
          from payroll.snapshots as s
         cross join lateral unnest(s.cells, s.minutes) as u (cell, minutes)
         where s.tenant_id = :'tenant' and s.period_from between '2026-05-01' and '2026-05-31' and s.employee_no like 'BG-%'
           and u.cell < 43) as s, -- beyond are minutes that are not paid: absent, late, leave without pay
      
       (select coalesce(sum(l.minutes), 0) as priced
          from payroll.paysheet_lines as l
          join payroll.paysheets as p on p.tenant_id = l.tenant_id and p.paysheet_id = l.paysheet_id
         where l.tenant_id = :'tenant' and l.kind = 'earning' and p.state = 'CLOSED' and p.employee_no like 'BG-%') as l;
