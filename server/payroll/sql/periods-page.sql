-- periods-page: pay periods by their first day
--   $1 date first day, $2 text kind, $3 text state, null: any
--   $4 text words, $5 text sort: not used; $6 boolean descending
--   $7 text  key of the last row seen, $8 uuid  its id, null: first page; $9 bigint at most so many
select d.pay_period_id, d.kind, d.period_from, d.period_to, d.pay_date, d.cut_off, d.state, d.version, r.payrun_id, r.state as payrun_state,
       (select count(*) from payroll.timesheet_heads as h
         where h.tenant_id = d.tenant_id and h.period_from = d.period_from and h.period_to = d.period_to) as snapshots
  from payroll.pay_periods as d
  left join payroll.payruns as r on r.tenant_id = d.tenant_id and r.pay_period_id = d.pay_period_id and r.kind = 'regular' and r.state <> 'CANCELLED'
 where d.tenant_id = platform.current_tenant_id()
   and ($1::date is null or d.period_from = $1)
   and ($2::text is null or d.kind = $2)
   and ($3::text is null or d.state = $3)
   and $4::text is not distinct from $4 and $5::text is not distinct from $5
   and ($8::uuid is null
        or (not $6::boolean and (d.period_from, d.pay_period_id) > ($7::date, $8))
        or ($6 and (d.period_from, d.pay_period_id) < ($7::date, $8)))
 order by case when not $6 then d.period_from end, case when $6 then d.period_from end desc,
          case when not $6 then d.pay_period_id end, case when $6 then d.pay_period_id end desc
 limit $9::bigint;
