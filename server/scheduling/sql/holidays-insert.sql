-- holidays-insert: a set of holidays, one array per column
insert into scheduling.holidays
       (holiday_id, on_date, name, day_type, scope, source, status)
select holiday_id, on_date, name, day_type, scope, source, status
  from unnest($1::uuid[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
    as n (holiday_id, on_date, name, day_type, scope, source, status)
 order by holiday_id;
