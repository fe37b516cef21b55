-- 0002  platform: tables by month
--
-- Why    clock events, logs, journals and outboxes grow for ever; a month is dropped or archived whole. Months are made
--        ahead, so that no burst meets a missing one; the default partition catches a hostile clock and must stay empty,
--        because a row in it stops the making of the month that it belongs to.
-- Shape  pg_partman keeps the months where it is installed; platform.keep_months() makes sure of them in either case.
-- Locks  none: all new.

create table platform.monthly_tables (
  schema_name name not null,
  table_name name not null,
  column_name name not null,
  by_partman boolean not null default false,
  primary key (schema_name, table_name)
);
comment on table platform.monthly_tables is 'Tables that are partitioned by month. No tenant: the same for all.';

-- One month, made when no partition holds it yet. Rights are on the parent only: nobody reads a partition directly, and
-- without a policy of its own it would show nothing.
create function platform.make_month(p_table regclass, p_month date) returns boolean
language plpgsql set search_path = pg_catalog set timezone = 'UTC'
as $$
declare
  month_start constant timestamptz := date_trunc('month', p_month)::date;
  month_end constant timestamptz := (date_trunc('month', p_month) + interval '1 month')::date;
  parent record;
  child text;
begin
  select n.nspname, c.relname, format_type(a.atttypid, null) as column_type into parent
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    join pg_partitioned_table as p on p.partrelid = c.oid
    join pg_attribute as a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
   where c.oid = p_table;
  child := format('%I.%I', parent.nspname, left(parent.relname, 53) || to_char(month_start, '"_p"YYYY"_"MM'));
  if to_regclass(child) is not null then
    return false;
  end if;
  execute format('create table %s partition of %s for values from (%L) to (%L)', child, p_table,
                 case when parent.column_type = 'date' then to_char(month_start, 'YYYY-MM-DD') else to_char(month_start, 'YYYY-MM-DD 00:00:00+00') end,
                 case when parent.column_type = 'date' then to_char(month_end, 'YYYY-MM-DD') else to_char(month_end, 'YYYY-MM-DD 00:00:00+00') end);
  return true;
exception when invalid_object_definition then
  return false; -- a partition of another name holds this month
end
$$;
revoke execute on function platform.make_month(regclass, date) from public;

-- What a new partition does not inherit: a closed door, and the refusal of changes.
create function platform.guard_partitions(p_table regclass) returns void
language plpgsql set search_path = pg_catalog
as $$
declare
  child record;
  append_only constant boolean := exists (select from pg_trigger as t where t.tgrelid = p_table and t.tgname = 'append_only');
begin
  for child in
    select c.oid::regclass as name, c.relrowsecurity as closed,
           exists (select from pg_trigger as t where t.tgrelid = c.oid and t.tgname = 'append_only') as refuses
      from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
     where i.inhparent = p_table
  loop
    if not child.closed then
      execute format('alter table %s enable row level security', child.name); -- not forced: the owner looks for strays
    end if;
    if append_only and not child.refuses then
      execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function platform.refuse_change()', child.name);
    end if;
  end loop;
end
$$;
revoke execute on function platform.guard_partitions(regclass) from public;

create function platform.partition_by_month(p_table regclass, p_column text) returns void
language plpgsql set search_path = pg_catalog set timezone = 'UTC'
as $$
declare
  this_month constant date := date_trunc('month', now());
  month date;
  parent record;
  managed boolean := false;
  partman_version text := (select extversion from pg_extension where extname = 'pg_partman');
begin
  select n.nspname, c.relname into parent
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.oid = p_table;

  -- Six months back, three ahead, and the months of the sample agency.
  for month in
    select m::date from generate_series(this_month - interval '6 months', this_month + interval '3 months', interval '1 month') as m
     union
    select m::date from generate_series(date '2026-04-01', date '2026-07-01', interval '1 month') as m
  loop
    perform platform.make_month(p_table, month);
  end loop;
  execute format('create table %I.%I partition of %s default', parent.nspname, left(parent.relname, 53) || '_default', p_table);

  if partman_version is not null then
    begin
      if partman_version like '4.%' then
        insert into partman.part_config (parent_table, control, partition_type, partition_interval, premake, automatic_maintenance,
                                         datetime_string, infinite_time_partitions, inherit_privileges, jobmon)
        values (format('%s.%s', parent.nspname, parent.relname), p_column, 'native', '1 mon', 3, 'on', 'YYYY_MM', true, false, false);
      else
        insert into partman.part_config (parent_table, control, partition_type, partition_interval, premake, automatic_maintenance,
                                         datetime_string, infinite_time_partitions, inherit_privileges, jobmon)
        values (format('%s.%s', parent.nspname, parent.relname), p_column, 'range', '1 mon', 3, 'on', 'YYYY_MM', true, false, false);
      end if;
      managed := true;
    exception when others then
      raise warning 'pg_partman % does not take %.%, platform.keep_months() makes its months: %', partman_version, parent.nspname, parent.relname, sqlerrm;
    end;
  end if;
  insert into platform.monthly_tables values (parent.nspname, parent.relname, p_column, managed);
  perform platform.guard_partitions(p_table);
end
$$;
comment on function platform.partition_by_month is
  'For a table that is partitioned by range of @column: months from six back to three ahead, a default partition, and their upkeep.';
revoke execute on function platform.partition_by_month(regclass, text) from public;

create function platform.keep_months(out table_name text, out made integer, out strays bigint) returns setof record
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC'
as $$
declare
  kept record;
  month date;
begin
  -- Two at once would make the same month.
  perform pg_advisory_xact_lock(hashtextextended('platform.keep_months', 0));
  for kept in select * from platform.monthly_tables as t order by t.schema_name, t.table_name loop
    table_name := format('%I.%I', kept.schema_name, kept.table_name);
    made := 0;
    execute format('select count(*) from (select 1 from only %I.%I limit 1000) as s', kept.schema_name, left(kept.table_name, 53) || '_default') into strays;
    if kept.by_partman and strays = 0 then
      begin
        perform partman.run_maintenance(format('%s.%s', kept.schema_name, kept.table_name), p_analyze => false);
      exception when others then
        raise warning 'pg_partman could not keep %: %', table_name, sqlerrm;
      end;
    end if;
    for month in
      select m::date from generate_series(date_trunc('month', now()), date_trunc('month', now()) + interval '3 months', interval '1 month') as m
    loop
      begin
        if platform.make_month(table_name::regclass, month) then
          made := made + 1;
        end if;
      exception when check_violation then
        raise warning 'the default partition of % holds rows of %: move them', table_name, to_char(month, 'YYYY-MM');
      end;
    end loop;
    perform platform.guard_partitions(table_name::regclass);
    return next;
  end loop;
end
$$;
comment on function platform.keep_months is
  'Makes the coming months of every monthly table; strays: rows in the default partition, which must stay empty. Daily, by the worker.';
revoke execute on function platform.keep_months() from public;
grant execute on function platform.keep_months() to armms_worker;
