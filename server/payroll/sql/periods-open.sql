-- periods-open: periods of the calendar; one that is open already is left as it is
--   $1 uuid[] ids, $2 text kind, $3 date[] from, $4 date[] to, $5 date[] pay dates, $6 bigint[] cut-offs
insert into payroll.pay_periods (tenant_id, pay_period_id, kind, period_from, period_to, pay_date, cut_off)
select platform.current_tenant_id(), n.id, $2::text, n.period_from, n.period_to, n.pay_date, n.cut_off
  from unnest($1::uuid[], $3::date[], $4::date[], $5::date[], $6::bigint[]) as n (id, period_from, period_to, pay_date, cut_off)
on conflict (tenant_id, kind, period_from) do nothing;
