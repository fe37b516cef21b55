-- 0005  audit: who changed what, when and why, sealed
--
-- Why    every change of a row that matters is kept with its actor, reason and request, and a change of the log itself must
--        be found. Triggers write it, so that no code path forgets; also deletes are kept.
-- Shape  statement-level triggers with transition tables (a set costs one insert), one function per table, made by
--        audit.attach(): before and after hold what changed; masked columns and binary ones are shown as "***".
-- Seal   afterwards, in order of (xid, id) below the oldest running transaction, so that writers never wait for one
--        another: audit.seal() closes blocks, each a SHA-256 over the block before and the hash of each row in it.
-- Rights the functions belong to armms_audit, which may insert and read and nothing else; rooms may only read.
-- Locks  none: all new.
create table audit.audit_log (
  tenant_id uuid not null,
  audit_id bigint generated always as identity,
  occurred_at timestamptz not null default now(),
  xid xid8 not null default pg_current_xact_id(),
  actor_id uuid,
  db_role name not null,
  request_id text,
  reason text,
  schema_name name not null,
  table_name name not null,
  action text not null check (action in ('INSERT', 'UPDATE', 'DELETE')),
  row_key text not null,
  before jsonb,
  after jsonb,
  primary key (tenant_id, audit_id, occurred_at)
) partition by range (occurred_at);
create index audit_log_order on audit.audit_log (xid, audit_id);
create index audit_log_row on audit.audit_log (tenant_id, table_name, row_key);
comment on table audit.audit_log is 'Every change of a guarded table. Append-only, sealed by audit.seals.';
comment on column audit.audit_log.actor_id is 'app.user_id of the transaction; null: the system.';
comment on column audit.audit_log.xid is 'The writing transaction: with audit_id the order of the seal.';
comment on column audit.audit_log.row_key is 'The row''s key without the tenant; parts are separated by commas.';
comment on column audit.audit_log.before is 'Update: the changed columns as they were; delete: the whole row.';
comment on column audit.audit_log.after is 'Update: the changed columns as they are now; insert: the whole row.';
select platform.guard_table('audit.audit_log', 'append_only');
revoke insert on audit.audit_log from armms_room_audit;
select platform.partition_by_month('audit.audit_log', 'occurred_at');

create table audit.seals (
  tenant_id uuid not null,
  seal_no bigint not null check (seal_no > 0),
  cluster_id bigint not null,
  row_ids bigint[] not null,
  row_marks bytea not null,
  previous bytea not null,
  seal bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, seal_no)
);
comment on table audit.seals is 'Blocks of the log, chained per tenant.';
comment on column audit.seals.cluster_id is 'System identifier of the cluster in which it was sealed.';
comment on column audit.seals.row_marks is 'First 8 bytes of each row''s SHA-256, in the order of row_ids: tells which row was changed.';
comment on column audit.seals.seal is 'SHA-256 over the previous seal, tenant, number, row ids and the full hashes of the rows.';
select platform.guard_table('audit.seals', 'append_only');
revoke insert on audit.seals from armms_room_audit;

-- Where sealing stands; also the lock of the sealer. No tenant: one order for all.
create table audit.seal_cursor (
  one boolean primary key default true check (one),
  cluster_id bigint not null,
  last_xid xid8 not null default '0',
  last_id bigint not null default 0,
  floor_id bigint not null default 0
) with (fillfactor = 20);
comment on column audit.seal_cursor.floor_id is 'Rows up to here were written in an earlier cluster, whose transaction ids do not compare with ours; all are sealed.';
insert into audit.seal_cursor (cluster_id) select system_identifier from pg_control_system();

grant usage on schema audit, platform to armms_audit;
grant create on schema audit to armms_audit;
grant select, insert on audit.audit_log, audit.seals to armms_audit;
grant select, update on audit.seal_cursor to armms_audit;
grant select on audit.seal_cursor to armms_room_audit;
create policy auditor_writes on audit.audit_log for insert to armms_audit with check (true);
create policy auditor_reads on audit.audit_log for select to armms_audit using (true);
create policy auditor_writes on audit.seals for insert to armms_audit with check (true);
create policy auditor_reads on audit.seals for select to armms_audit using (true);

-- ---------------------------------------------------------------------------------------------------------------
-- Triggers
create function audit.attach(p_table regclass, p_masked text[] default '{}', p_only_changes boolean default false) returns void
language plpgsql set search_path = pg_catalog
as $$
declare
  parent record;
  keys name[];
  masked text[];
  has_tenant boolean;
  function_name text;
  new_tenant text;
  old_tenant text;
  new_key text;
  old_key text;
  header constant text := 'audit.audit_log (tenant_id, actor_id, db_role, request_id, reason, schema_name, table_name, action, row_key, before, after)';
begin
  select n.nspname, c.relname into parent
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.oid = p_table;
  select array_agg(a.attname order by k.position) into keys
    from pg_index as i
   cross join lateral unnest(i.indkey) with ordinality as k (number, position)
    join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.number
   where i.indrelid = p_table and i.indisprimary;
  if keys is null then
    raise exception '%.% has no primary key: its changes could not be told apart', parent.nspname, parent.relname;
  end if;
  has_tenant := exists (select from pg_attribute where attrelid = p_table and attname = 'tenant_id' and not attisdropped);
  -- Binary columns are encrypted or files: never copied.
  select array_agg(distinct name) into masked
    from (select unnest(p_masked) as name
           union all
          select attname from pg_attribute where attrelid = p_table and atttypid = 'bytea'::regtype and attnum > 0 and not attisdropped) as m;
  masked := coalesce(masked, '{}');

  new_tenant := case when has_tenant then 'n.tenant_id' else $q$coalesce(tenant, '00000000-0000-0000-0000-000000000000')$q$ end;
  old_tenant := case when has_tenant then 'o.tenant_id' else $q$coalesce(tenant, '00000000-0000-0000-0000-000000000000')$q$ end;
  select coalesce(string_agg(format('n.%I::text', k), $q$ || ',' || $q$), $q$''$q$), coalesce(string_agg(format('o.%I::text', k), $q$ || ',' || $q$), $q$''$q$)
    into new_key, old_key
    from unnest(keys) as k where k <> 'tenant_id' or cardinality(keys) = 1;

  function_name := format('audit.%I', 'on_' || parent.nspname || '_' || parent.relname);
  execute format($create$
    create function %1$s() returns trigger
    language plpgsql security definer set search_path = pg_catalog
    as $body$
    declare
      tenant constant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
      actor constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
      request constant text := nullif(current_setting('app.request_id', true), '');
      why constant text := nullif(current_setting('app.reason', true), '');
    begin
      if tg_op = 'INSERT' then
        insert into %2$s
        select %3$s, actor, session_user, request, why, %7$L, %8$L, 'INSERT', %5$s, null, audit.masked(to_jsonb(n), %9$L)
          from new_rows as n;
      elsif tg_op = 'UPDATE' then
        insert into %2$s
        select coalesce(%3$s, %4$s), actor, session_user, request, why, %7$L, %8$L, 'UPDATE', coalesce(%5$s, %6$s),
               audit.masked(d.before, %9$L), audit.masked(d.after, %9$L)
          from new_rows as n
          full join old_rows as o on %10$s
         cross join lateral (select to_jsonb(o) as old_row, to_jsonb(n) as new_row offset 0) as j
         cross join lateral (select jsonb_object_agg(c.key, j.old_row -> c.key) filter (where j.old_row is not null) as before,
                                    jsonb_object_agg(c.key, j.new_row -> c.key) filter (where j.new_row is not null) as after,
                                    count(*) filter (where c.key not in ('updated_at', 'updated_by')) as changes
                               from jsonb_object_keys(coalesce(j.new_row, j.old_row)) as c (key)
                              where j.old_row -> c.key is distinct from j.new_row -> c.key) as d
         where %11$s;
      else
        insert into %2$s
        select %4$s, actor, session_user, request, why, %7$L, %8$L, 'DELETE', %6$s, audit.masked(to_jsonb(o), %9$L), null
          from old_rows as o;
      end if;
      return null;
    end
    $body$ $create$,
    function_name, header, new_tenant, old_tenant, new_key, old_key, parent.nspname, parent.relname, masked,
    (select string_agg(format('o.%1$I = n.%1$I', k), ' and ') from unnest(keys) as k),
    case when p_only_changes then 'd.changes > 0' else 'true' end);
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows for each statement execute function %s()', p_table, function_name);
  execute format('create trigger audit_update after update on %s referencing old table as old_rows new table as new_rows for each statement execute function %s()', p_table, function_name);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows for each statement execute function %s()', p_table, function_name);
  execute format('revoke execute on function %s() from public', function_name);
  execute format('alter function %s() owner to armms_audit', function_name);
end
$$;
comment on function audit.attach is
  'Audits a table; platform.guard_table() calls it. Tables without a tenant are logged under the tenant that is set, else under nil.';
revoke execute on function audit.attach(regclass, text[], boolean) from public;

create function audit.masked(p_row jsonb, p_masked text[]) returns jsonb
language sql immutable parallel safe set search_path = pg_catalog
as $$
  select case
           when p_row is null or not p_row ?| p_masked then p_row
           else p_row || (select jsonb_object_agg(m, '***') from unnest(p_masked) as m where p_row -> m <> 'null')
         end
$$;
comment on function audit.masked is 'A row without what must not be told: that it was there, or has changed, is still seen.';

-- ---------------------------------------------------------------------------------------------------------------
-- Seals
create function audit.row_hash(p_row audit.audit_log) returns bytea
language sql stable set search_path = pg_catalog
as $$
  select sha256(convert_to(jsonb_build_array(p_row.tenant_id, p_row.audit_id, (extract(epoch from p_row.occurred_at) * 1000000)::bigint,
                                             p_row.xid::text, p_row.actor_id, p_row.db_role, p_row.request_id, p_row.reason,
                                             p_row.schema_name, p_row.table_name, p_row.action, p_row.row_key, p_row.before, p_row.after)::text, 'UTF8'))
$$;

create function audit.seal_hash(p_previous bytea, p_tenant_id uuid, p_seal_no bigint, p_row_ids bigint[], p_rows bytea) returns bytea
language sql immutable set search_path = pg_catalog
as $$
  select sha256(p_previous || uuid_send(p_tenant_id) || int8send(p_seal_no) || convert_to(p_row_ids::text, 'UTF8') || p_rows)
$$;

-- One block per tenant of the next rows below @p_below; @p_unsealed: instead, of all rows that no seal holds, by their ids.
create function audit.seal_block(p_limit integer, p_below xid8, p_unsealed boolean) returns bigint
language sql set search_path = pg_catalog
as $$
  with stand as materialized (
    select * from audit.seal_cursor),
  batch as materialized (
    (select l.tenant_id, l.audit_id, l.xid, audit.row_hash(l) as hash
       from audit.audit_log as l
      where not p_unsealed
        and (l.xid, l.audit_id) > ((select last_xid from stand), (select last_id from stand))
        and l.xid < p_below
        and l.audit_id > (select floor_id from stand)
      order by l.xid, l.audit_id
      limit p_limit)
    union all
    select l.tenant_id, l.audit_id, '0', audit.row_hash(l)
      from audit.audit_log as l
     where p_unsealed
       and l.audit_id not in (select unnest(s.row_ids) from audit.seals as s)),
  blocks as (
    select b.tenant_id,
           array_agg(b.audit_id order by b.xid, b.audit_id) as row_ids,
           string_agg(substr(b.hash, 1, 8), ''::bytea order by b.xid, b.audit_id) as row_marks,
           string_agg(b.hash, ''::bytea order by b.xid, b.audit_id) as hashes
      from batch as b
     group by b.tenant_id),
  headed as (
    select b.*, coalesce(h.seal_no, 0) + 1 as seal_no, coalesce(h.seal, sha256('armms'::bytea)) as previous
      from blocks as b
      left join lateral (select s.seal_no, s.seal from audit.seals as s where s.tenant_id = b.tenant_id order by s.seal_no desc limit 1) as h on true),
  sealed as (
    insert into audit.seals (tenant_id, seal_no, cluster_id, row_ids, row_marks, previous, seal)
    select h.tenant_id, h.seal_no, (select cluster_id from stand), h.row_ids, h.row_marks, h.previous,
           audit.seal_hash(h.previous, h.tenant_id, h.seal_no, h.row_ids, h.hashes)
      from headed as h
    returning 1),
  moved as (
    update audit.seal_cursor as c
       set last_xid = r.xid, last_id = r.audit_id
      from (select b.xid, b.audit_id from batch as b order by b.xid desc, b.audit_id desc limit 1) as r
     where not p_unsealed
    returning 1)
  select count(*) from batch
$$;
revoke execute on function audit.seal_block(integer, xid8, boolean) from public;

-- Seals what is older than every running transaction, at most @p_limit rows; gives how many. Any number may call it.
create function audit.seal(p_limit integer default 5000) returns bigint
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  perform from audit.seal_cursor for update;
  if (select cluster_id from audit.seal_cursor) <> (select system_identifier from pg_control_system()) then
    raise exception 'this database was restored from another cluster: run audit.rebase() as its owner first'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  return audit.seal_block(p_limit, pg_snapshot_xmin(pg_current_snapshot()), false);
end
$$;
comment on function audit.seal is 'Closes the log behind us, block by block. By the worker, every minute; armmsctl verify calls it first.';

-- What does not hold. One tenant when one is set, else all. No row: the log is as it was written.
create function audit.verify() returns table (tenant_id uuid, seal_no bigint, audit_id bigint, problem text)
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  stand audit.seal_cursor;
  only_tenant constant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
begin
  select * into stand from audit.seal_cursor;
  return query
  with seals as (
    select s.*, lag(s.seal) over w as seal_before, lag(s.seal_no) over w as no_before
      from audit.seals as s
     where only_tenant is null or s.tenant_id = only_tenant
    window w as (partition by s.tenant_id order by s.seal_no)),
  rows as (
    select s.tenant_id, s.seal_no, r.id, r.position, substr(s.row_marks, (8 * (r.position - 1) + 1)::integer, 8) as mark,
           l.audit_id as found, case when l.audit_id is not null then audit.row_hash(l) end as hash
      from seals as s
     cross join lateral unnest(s.row_ids) with ordinality as r (id, position)
      left join audit.audit_log as l on l.tenant_id = s.tenant_id and l.audit_id = r.id),
  blocks as (
    select r.tenant_id, r.seal_no, string_agg(coalesce(r.hash, ''), ''::bytea order by r.position) as hashes
      from rows as r group by r.tenant_id, r.seal_no)
  select s.tenant_id, s.seal_no, null::bigint, 'a seal before this one is missing'::text
    from seals as s where s.seal_no <> coalesce(s.no_before, 0) + 1
  union all
  select s.tenant_id, s.seal_no, null::bigint, 'does not follow from the seal before it'
    from seals as s where s.previous <> coalesce(s.seal_before, sha256('armms'::bytea)) and s.seal_no = coalesce(s.no_before, 0) + 1
  union all
  select r.tenant_id, r.seal_no, r.id, case when r.found is null then 'row was removed' else 'row was changed' end
    from rows as r where r.found is null or substr(r.hash, 1, 8) <> r.mark
  union all
  select s.tenant_id, s.seal_no, null::bigint, 'seal does not fit its rows'
    from seals as s
    left join blocks as b on b.tenant_id = s.tenant_id and b.seal_no = s.seal_no
   where s.seal is distinct from audit.seal_hash(s.previous, s.tenant_id, s.seal_no, s.row_ids, b.hashes)
  union all
  select l.tenant_id, null::bigint, l.audit_id, 'row is older than the last seal and in none'
    from audit.audit_log as l
   where (only_tenant is null or l.tenant_id = only_tenant)
     and ((l.xid, l.audit_id) <= (stand.last_xid, stand.last_id) or l.audit_id <= stand.floor_id)
     and not exists (select from rows as r where r.tenant_id = l.tenant_id and r.id = l.audit_id)
  order by 1, 2 nulls last, 3 nulls last;
end
$$;
comment on function audit.verify is 'Names each row that was changed, removed or slipped in after it was sealed, and each seal that does not hold.';

-- After a restore into another cluster, whose transaction ids start low again: all that stands is sealed, then the new
-- order begins above it. Nobody may write meanwhile.
create function audit.rebase() returns bigint
language plpgsql security definer set search_path = pg_catalog
as $$
declare
  sealed bigint;
begin
  perform from audit.seal_cursor for update;
  sealed := audit.seal_block(0, '0', true);
  update audit.seal_cursor
     set cluster_id = (select system_identifier from pg_control_system()), last_xid = '0', last_id = 0,
         floor_id = coalesce((select max(l.audit_id) from audit.audit_log as l), 0)
   where one;
  return sealed;
end
$$;
comment on function audit.rebase is 'After a restore into another cluster: gives the rows it had to seal.';

-- Rights first: afterwards the functions are not the owner's any more.
revoke execute on function audit.seal(integer) from public;
revoke execute on function audit.verify() from public;
revoke execute on function audit.rebase() from public;
grant execute on function audit.seal(integer) to armms_worker, armms_owner;
grant execute on function audit.verify() to armms_worker, armms_owner, armms_room_audit;
grant execute on function audit.rebase() to armms_owner;
alter function audit.masked(jsonb, text[]) owner to armms_audit;
alter function audit.row_hash(audit.audit_log) owner to armms_audit;
alter function audit.seal_hash(bytea, uuid, bigint, bigint[], bytea) owner to armms_audit;
alter function audit.seal_block(integer, xid8, boolean) owner to armms_audit;
alter function audit.seal(integer) owner to armms_audit;
alter function audit.verify() owner to armms_audit;
alter function audit.rebase() owner to armms_audit;
