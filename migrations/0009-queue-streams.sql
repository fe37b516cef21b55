-- 0009  queue: streams are read by many, skipped by none
--
-- Why    readers of append-only tables (clock events, outboxes) keep a cursor (xid8, id) per slot, bounded by the oldest
--        transaction that still runs: a slow writer's row can never come to stand behind a cursor that has passed it.
-- Tenant platform.open_stream() makes <table>_next(), which gives positions and tenants, no content, across tenants. It is
--        a definer function of armms_stream, a role that cannot log in, owns no table and does not bypass row-level
--        security: a policy for select on just those tables names it. Content is read as the tenant that it belongs to.
-- Locks  none: all new.

create table platform.stream_slots (
  reader text not null,
  slot smallint not null,
  cursor_xid xid8 not null default '0',
  cursor_id uuid not null default '00000000-0000-0000-0000-000000000000',
  moved_at timestamptz not null default now(),
  lease_owner text,
  lease_no bigint not null default 0,
  lease_until timestamptz not null default '-infinity',
  failures integer not null default 0,
  retry_at timestamptz not null default '-infinity',
  last_error text,
  source_table text,
  source_system bigint,
  source_epoch bigint not null default 0,
  primary key (reader, slot)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0);
comment on table platform.stream_slots is
  'How far each slot of each reader has come, and who holds it. No tenant: a slot serves all of them.';
comment on column platform.stream_slots.lease_no is 'Rises with every new holder; a cursor moves only for the number that its reader holds.';
comment on column platform.stream_slots.source_table is 'What is read, when it stands in this database or in another.';
comment on column platform.stream_slots.source_system is
  'The cluster whose transaction ids the cursor speaks of. Restored into another cluster, a reader refuses until it is re-based.';

-- Re-basing after a restore raises the epoch of this database.
create table platform.stream_epoch (
  one boolean primary key default true check (one),
  epoch bigint not null default 1,
  system_identifier bigint not null
);
comment on table platform.stream_epoch is 'One row: the cluster in which this database''s transaction ids were given.';
insert into platform.stream_epoch (system_identifier) select system_identifier from pg_control_system();

-- Tables that are read as streams.
create table platform.streams (
  table_name text primary key,
  xid_column name not null,
  id_column name not null
);
comment on table platform.streams is 'What platform.open_stream() has opened; re-basing needs to know.';

create function platform.open_stream(p_table regclass, p_xid name default 'xid', p_id name default 'event_id', p_slot name default 'slot',
                                     p_readers text default null)
returns void
language plpgsql set search_path = pg_catalog as
$$
declare
  schema_name name;
  table_name name;
begin
  select n.nspname, c.relname into schema_name, table_name
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.oid = p_table;

  execute format('create index if not exists %I on %I.%I (%I, %I, %I)', table_name || '_stream', schema_name, table_name, p_slot, p_xid, p_id);
  execute format('grant usage on schema %I to armms_stream', schema_name);
  execute format('grant select (%I, %I, %I, tenant_id) on %I.%I to armms_stream', p_slot, p_xid, p_id, schema_name, table_name);
  execute format('create policy %I on %I.%I for select to armms_stream using (true)', table_name || '_positions', schema_name, table_name);
  execute format($sql$
    create function %1$I.%2$I(p_slot smallint, p_after_xid xid8, p_after_id uuid, p_limit integer)
    returns table (xid xid8, id uuid, tenant_id uuid)
    language plpgsql stable security definer set search_path = pg_catalog as
    $body$
    begin
      return query -- in plpgsql, because it keeps the plan over many partitions
      select t.%4$I, t.%5$I, t.tenant_id
        from %1$I.%3$I as t
       where t.%6$I = p_slot
         and (t.%4$I, t.%5$I) > (p_after_xid, p_after_id)
         and t.%4$I < pg_snapshot_xmin(pg_current_snapshot())
       order by t.%4$I, t.%5$I
       limit p_limit;
    end
    $body$ $sql$, schema_name, table_name || '_next', table_name, p_xid, p_id, p_slot);
  -- Rights first: after the hand-over they are the new owner's to give. Who gets a function must be able to create one.
  execute format('revoke execute on function %I.%I(smallint, xid8, uuid, integer) from public', schema_name, table_name || '_next');
  execute format('grant execute on function %I.%I(smallint, xid8, uuid, integer) to %s', schema_name, table_name || '_next',
                 coalesce(p_readers, 'armms_worker'));
  execute format('grant create on schema %I to armms_stream', schema_name);
  execute format('alter function %I.%I(smallint, xid8, uuid, integer) owner to armms_stream', schema_name, table_name || '_next');
  execute format('revoke create on schema %I from armms_stream', schema_name);
  insert into platform.streams (table_name, xid_column, id_column) values (format('%I.%I', schema_name, table_name), p_xid, p_id);
end
$$;
comment on function platform.open_stream is
  'Makes <table>_next(slot, after_xid, after_id, limit): positions and tenants of what may be read, in order. Call it after platform.guard_table().';
revoke execute on function platform.open_stream(regclass, name, name, name, text) from public;

-- How far a reader is behind: rows that may be read and have not been, at most @p_most a slot. Numbers only, for people
-- and metrics; null when its table stands in another database.
create function platform.stream_behind(p_reader text, p_most integer default 10000) returns bigint
language plpgsql stable security definer set search_path = pg_catalog as
$$
declare
  place record;
  behind bigint := 0;
  here bigint;
begin
  for place in select s.* from platform.stream_slots as s where s.reader = p_reader loop
    if place.source_table is null or to_regclass(place.source_table) is null then
      return null;
    end if;
    execute format('select count(*) from %s_next($1, $2, $3, $4)', to_regclass(place.source_table))
       into here using place.slot, place.cursor_xid, place.cursor_id, p_most;
    behind := behind + here;
  end loop;
  return behind;
end
$$;
revoke execute on function platform.stream_behind(text, integer) from public;
grant execute on function platform.stream_behind(text, integer) to armms_room_queue, armms_worker;
grant usage on schema platform to armms_stream;
grant select on platform.stream_slots to armms_stream;
grant create on schema platform to armms_stream;
alter function platform.stream_behind(text, integer) owner to armms_stream;
revoke create on schema platform from armms_stream;

-- After a restore into another cluster: what was written there stands before all that is written here, in its old order,
-- and every reader begins anew; inboxes and recomputation make the second reading harmless. For the owner (armmsctl).
create function platform.rebase_streams() returns bigint
language plpgsql set search_path = pg_catalog as
$$
declare
  stream record;
  rows bigint;
  total bigint := 0;
begin
  for stream in select * from platform.streams loop
    execute format('alter table %s disable trigger user', stream.table_name);
    execute format('alter table %s no force row level security', stream.table_name);
    -- One old place for all of them: the ids (UUIDv7) keep their order.
    execute format('update %s set %I = ''3'' where %I <> ''3''', stream.table_name, stream.xid_column, stream.xid_column);
    get diagnostics rows = row_count;
    total := total + rows;
    execute format('alter table %s force row level security', stream.table_name);
    execute format('alter table %s enable trigger user', stream.table_name);
  end loop;
  update platform.stream_epoch set epoch = epoch + 1, system_identifier = (select system_identifier from pg_control_system());
  update platform.stream_slots
     set cursor_xid = '0', cursor_id = '00000000-0000-0000-0000-000000000000', lease_owner = null, lease_until = '-infinity',
         lease_no = lease_no + 1, source_system = null, failures = 0, last_error = null;
  return total;
end
$$;
revoke execute on function platform.rebase_streams() from public;

grant usage on schema platform to armms_worker, armms_room_queue;
grant select, insert, update on platform.stream_slots to armms_worker, armms_room_queue;
grant select on platform.stream_epoch to armms_worker, armms_room_queue;

-- ---------------------------------------------------------------------------------------------------------------
-- Outbox and inbox of a room. The payload is json, not jsonb: what was sealed by a checksum stays letter for letter.
drop function if exists platform.make_outbox(text);
create function platform.make_outbox(p_schema text) returns void
language plpgsql set search_path = pg_catalog as
$$
declare
  outbox text := format('%I.%I', p_schema, p_schema || '_outbox');
  inbox text := format('%I.%I', p_schema, p_schema || '_inbox');
begin
  execute format($sql$
    create table %s (
      tenant_id uuid not null,
      event_id uuid not null,
      event text not null check (event ~ '^armms\.[a-z_]+\.[A-Z][A-Za-z]*\.v[0-9]+$'),
      aggregate_type text not null,
      aggregate_id uuid not null,
      aggregate_version bigint not null,
      occurred_at timestamptz not null default now(),
      partition_key text not null,
      slot smallint not null,
      payload json not null,
      xid xid8 not null default pg_current_xact_id(),
      created_at timestamptz not null default now(),
      created_by uuid default platform.current_user_id(),
      primary key (tenant_id, event_id, occurred_at)
    ) partition by range (occurred_at) $sql$, outbox);
  execute format('comment on table %s is %L', outbox,
                 'Events, written in the transaction of the change they tell of. Never updated: readers keep cursors.');
  execute format('comment on column %s.xid is %L', outbox, 'The writing transaction: with event_id the place in the stream.');
  execute format('comment on column %s.slot is %L', outbox, 'Hash of partition_key: one reader at a time holds a slot, so order is kept within the key.');
  perform platform.guard_table(outbox::regclass, 'append_only');
  perform platform.partition_by_month(outbox::regclass, 'occurred_at');
  perform platform.open_stream(outbox::regclass);

  execute format($sql$
    create table %s (
      tenant_id uuid not null,
      consumer text not null,
      event_id uuid not null,
      created_at timestamptz not null default now(),
      created_by uuid default platform.current_user_id(),
      updated_at timestamptz not null default now(),
      updated_by uuid default platform.current_user_id(),
      primary key (tenant_id, consumer, event_id)
    ) $sql$, inbox);
  execute format('comment on table %s is %L', inbox,
                 'Events that were taken: the row is written in the transaction of the effect, so the effect happens once.');
  perform platform.guard_table(inbox::regclass, 'derived');
end
$$;
comment on function platform.make_outbox is 'Makes <schema>_outbox, its stream and <schema>_inbox. The room''s role must exist.';
revoke execute on function platform.make_outbox(text) from public;
