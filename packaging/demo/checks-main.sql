-- What must hold in the main database. :tenant, :sent (distinct events that the readers told). Rows: name, ok, detail.
select 'nothing is lost: every event that was told is there once' as name, n = :sent as ok, n || ' of ' || :sent as detail
  from (select count(*) as n
          from (select device_id, event_id from timekeeping.clock_events where tenant_id = :'tenant'
                union
                select device_id, event_id from timekeeping.clock_event_quarantine where tenant_id = :'tenant') as e) as c
union all
select 'no event counts twice', count(*) = 0, count(*) || ' told twice'
  from (select device_id, event_id from timekeeping.clock_events where tenant_id = :'tenant' group by device_id, event_id having count(*) > 1) as d
union all
select 'every event of a known employee has its time log', count(*) = 0, count(*) || ' without'
  from timekeeping.clock_events as e
 where e.tenant_id = :'tenant' and e.employee_id is not null
   and not exists (select from timekeeping.time_logs as l where l.tenant_id = e.tenant_id and l.device_id = e.device_id and l.event_id = e.event_id)
union all
select 'every timesheet of the month is finalised', count(*) filter (where t.state <> 'FINALIZED') = 0,
       count(*) filter (where t.state <> 'FINALIZED') || ' of ' || count(*) || ' are not'
  from timekeeping.timesheets as t
 where t.tenant_id = :'tenant' and t.period_from >= '2026-05-01' and t.period_to <= '2026-05-31'
union all
select 'each timesheet is sealed as it stands', count(*) = 0, count(*) || ' differ'
  from timekeeping.timesheets as t
 where t.tenant_id = :'tenant' and t.state = 'FINALIZED'
   and not exists (select from timekeeping.timesheet_snapshots as s
                    where s.tenant_id = t.tenant_id and s.timesheet_id = t.timesheet_id and s.version = t.version and s.sha256 = t.sha256)
union all
select 'nothing lies among the dead letters', count(*) = 0, count(*) || ' do'
  from queue.dead_letters as d where d.state in ('PARKED', 'RETRYING')
union all
select 'no month is missing: default partitions are empty', coalesce(sum(k.strays), 0) = 0, coalesce(sum(k.strays), 0) || ' strays'
  from platform.keep_months() as k
union all
select 'what is taken and open of each obligation adds up to it', count(*) = 0, count(*) || ' do not'
  from (select o.obligation_id
          from obligations.obligations as o
          left join obligations.instalments as i on i.tenant_id = o.tenant_id and i.obligation_id = o.obligation_id
         where o.tenant_id = :'tenant'
         group by o.obligation_id, o.principal_centavos, o.forgiven_centavos
        having coalesce(sum(case when i.status = 'PLANNED' then i.due_centavos - i.waived_centavos else i.taken_centavos end), 0)
               <> o.principal_centavos - o.forgiven_centavos) as w;
