-- 0001  platform: rooms, actors and guarded tables
--
-- Why    a table's row-level security, grants, audit and append-only refusal come from one call, so that none is forgotten.
-- Locks  none: all new.

create table platform.rooms (
  room text not null,
  schema_name text not null,
  table_pattern text not null default '%',
  primary key (room)
);
comment on table platform.rooms is 'Which role gets the rights to a schema''s tables: the longest pattern that fits wins. No tenant: the same for all.';
insert into platform.rooms (room, schema_name, table_pattern)
values ('platform', 'platform', '%'), ('queue', 'queue', '%'), ('tenant', 'tenant', '%'), ('iam', 'iam', '%'), ('audit', 'audit', '%'),
       ('approvals', 'audit', 'change%'), ('hr', 'hr_core', '%'), ('scheduling', 'scheduling', '%'), ('leave', 'leave', '%'),
       ('timekeeping', 'timekeeping', '%'), ('statutory', 'gov', '%'), ('rates', 'finance_rates', '%'), ('benefits', 'benefits', '%'),
       ('obligations', 'obligations', '%'), ('payroll', 'payroll', '%'), ('filings', 'filings', '%'), ('reporting', 'reporting', '%'),
       ('notifications', 'notifications', '%');

-- After a local setting ends the value is '' and not null: '' is nobody too.
create function platform.current_tenant_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.tenant_id', true), '')::uuid;
comment on function platform.current_tenant_id is 'The tenant of this transaction; null when none is set, and then no row is seen.';

create function platform.current_user_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.user_id', true), '')::uuid;
comment on function platform.current_user_id is 'The user who acts in this transaction; null: the system.';

create function platform.room_role_of(p_table regclass) returns name
language sql stable set search_path = pg_catalog
as $$
  select 'armms_room_' || r.room
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    join platform.rooms as r on r.schema_name = n.nspname and c.relname like r.table_pattern
   where c.oid = p_table
   order by length(r.table_pattern) desc
   limit 1
$$;

create function platform.touch() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  new.updated_at := now();
  new.updated_by := platform.current_user_id();
  return new;
end
$$;
comment on function platform.touch is 'Before update, each row: when and by whom.';

create function platform.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  raise exception '%.% is append-only: % is refused', tg_table_schema, tg_table_name, lower(tg_op)
    using errcode = 'insufficient_privilege', constraint = 'append_only';
end
$$;
comment on function platform.refuse_change is 'Before update, delete, truncate of an append-only table, also by its owner.';

create table platform.guarded_tables (
  schema_name name not null,
  table_name name not null,
  kind text not null check (kind in ('row', 'append_only', 'derived', 'state')),
  detachment_column name,
  masked text[] not null,
  primary key (schema_name, table_name)
);
comment on table platform.guarded_tables is 'What platform.guard_table() was asked for: the tests compare it with what stands. No tenant: the same for all.';

-- The tenant must be known to the row; the setting is read once per statement (the inner select is an InitPlan).
create function platform.guard_table(p_table regclass, p_kind text, p_detachment_column text default null, p_masked text[] default '{}')
returns void
language plpgsql set search_path = pg_catalog
as $$
declare
  room_role name := platform.room_role_of(p_table);
  schema_name name;
  table_name name;
begin
  select n.nspname, c.relname into schema_name, table_name
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.oid = p_table;
  if room_role is null then
    raise exception 'schema % belongs to no room', schema_name;
  end if;
  insert into platform.guarded_tables values (schema_name, table_name, p_kind, p_detachment_column, p_masked);

  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format($sql$create policy tenant on %s as permissive for all
                        using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
                        with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))$sql$, p_table);
  if p_detachment_column is not null then
    -- Who is limited to some detachments sees and writes theirs only; a row without one is not theirs.
    execute format($sql$create policy detachments on %1$s as restrictive for all
                          using ((select nullif(current_setting('app.detachments', true), '') is null)
                                 or %2$I = any ((select string_to_array(nullif(current_setting('app.detachments', true), ''), ',')::uuid[])::uuid[]))
                          with check ((select nullif(current_setting('app.detachments', true), '') is null)
                                 or %2$I = any ((select string_to_array(nullif(current_setting('app.detachments', true), ''), ',')::uuid[])::uuid[]))$sql$,
                   p_table, p_detachment_column);
  end if;

  execute format('grant usage on schema %I to %I', schema_name, room_role);
  if p_kind = 'append_only' then
    execute format('grant select, insert on %s to %I', p_table, room_role);
    execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function platform.refuse_change()', p_table);
  else
    execute format('grant select, insert, update, delete on %s to %I', p_table, room_role);
  end if;
  if p_kind in ('row', 'state') then
    if exists (select from pg_attribute as a where a.attrelid = p_table and a.attname = 'updated_by' and not a.attisdropped) then
      execute format('create trigger touch before update on %s for each row execute function platform.touch()', p_table);
    end if;
    perform audit.attach(p_table, p_masked, p_only_changes => p_kind = 'state');
  end if;
end
$$;
comment on function platform.guard_table is
  'Call it at the end of each create table. Kinds: row (audited), state (audited where more than updated_at changed), append_only (never changed, its own record), derived (recomputable, no audit).';
revoke execute on function platform.guard_table(regclass, text, text, text[]) from public;
