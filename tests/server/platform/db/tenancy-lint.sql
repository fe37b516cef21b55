-- What stands in the way of "every tenant is an island": one row a finding, none is allowed.
--   rule, object, detail
-- allowed: tables and functions that break a rule for a reason.
with allowed (rule, object, reason) as (values
  ('tenant', 'platform.rooms', 'the same for all'), ('tenant', 'platform.guarded_tables', 'the same for all'),
  ('tenant', 'platform.monthly_tables', 'the same for all'), ('tenant', 'platform.migrations', 'the same for all'),
  ('tenant', 'platform.stream_slots', 'positions only; a slot serves all tenants'), ('tenant', 'platform.stream_epoch', 'of the cluster'),
  ('tenant', 'platform.streams', 'the same for all'),
  ('tenant', 'audit.seal_cursor', 'one order for all tenants; two numbers'),
  ('tenant', 'queue.queues', 'kinds of jobs, the same for all'), ('tenant', 'queue.workers', 'processes serve all tenants'),
  ('tenant', 'queue.schedules', 'its tenant_id is data of the scheduler, which serves all'), ('tenant', 'queue.ticks', 'of the schedules'),
  ('tenant', 'iam.users', 'a person signs in before a tenant is chosen; guarded by its own policy'),
  ('tenant', 'iam.features', 'catalogue of the program, the same for all'), ('tenant', 'iam.scopes', 'catalogue of the program, the same for all'),
  ('tenant', 'iam.feature_scopes', 'catalogue of the program, the same for all'),
  ('tenant', 'iam.lock_outs', 'counted before a tenant is known'), ('tenant', 'iam.sign_in_failures', 'counted before a tenant is known'),
  ('tenant', 'iam.refresh_tokens', 'belongs to a user, who may act in several tenants; guarded by its own policy'),
  ('tenant', 'iam.refresh_families', 'belongs to a user; guarded by its own policy'),
  ('tenant', 'iam.credentials', 'belongs to a user, who may act in several tenants; guarded by its own policy'),
  ('tenant', 'iam.sessions', 'belongs to a user, who may act in several tenants; guarded by its own policy')
),
rooms as (
  select distinct on (c.oid) c.oid, n.nspname, c.relname, c.relkind, c.relispartition, c.relrowsecurity, c.relforcerowsecurity, c.relowner,
         format('%s.%s', n.nspname, c.relname) as name, 'armms_room_' || r.room as room_role
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    join platform.rooms as r on r.schema_name = n.nspname and c.relname like r.table_pattern
   order by c.oid, length(r.table_pattern) desc
),
tables as (
  select t.*,
         exists (select from pg_attribute as a where a.attrelid = t.oid and a.attname = 'tenant_id' and not a.attisdropped) as has_tenant,
         exists (select from allowed as w where w.rule = 'tenant' and w.object = t.name) as without_tenant
    from rooms as t
   where t.relkind in ('r', 'p') and not t.relispartition
),
app_roles as (
  select oid, rolname from pg_roles
   where rolname like 'armms\_room\_%' or rolname in ('armms_server', 'armms_ingest', 'armms_worker', 'armms_notify')
),
grants as (
  select r.oid as table_oid, coalesce(g.rolname, 'public') as grantee, x.privilege_type
    from rooms as r
    join pg_class as c on c.oid = r.oid
   cross join lateral aclexplode(c.relacl) as x
    left join pg_roles as g on g.oid = x.grantee
),
functions as (
  select p.oid, format('%s.%s', n.nspname, p.proname) as name, p.prosecdef, p.proconfig, p.prosrc, p.proacl, o.rolname as owner, o.rolsuper, o.rolbypassrls
    from pg_proc as p
    join pg_namespace as n on n.oid = p.pronamespace
    join pg_roles as o on o.oid = p.proowner
   where n.nspname in (select schema_name from platform.rooms)
)
select 'rls' as rule, t.name as object, 'row-level security is not enabled and forced' as detail
  from tables as t where not t.without_tenant and not (t.relrowsecurity and t.relforcerowsecurity)
union all
select 'policy', t.name, 'no policy "tenant" for all commands with both sides'
  from tables as t
 where not t.without_tenant
   and not exists (select from pg_policy as p where p.polrelid = t.oid and p.polname = 'tenant' and p.polcmd = '*' and p.polpermissive
                                                and p.polroles = '{0}' and p.polqual is not null and p.polwithcheck is not null
                                                and pg_get_expr(p.polqual, p.polrelid) like '%app.tenant_id%'
                                                and pg_get_expr(p.polwithcheck, p.polrelid) like '%app.tenant_id%')
union all
select 'policy', t.name, format('the permissive policy "%s" opens rows to %s', p.polname, coalesce(g.rolname, 'everybody'))
  from tables as t
  join pg_policy as p on p.polrelid = t.oid and p.polpermissive and p.polname <> 'tenant'
 cross join lateral unnest(p.polroles) as m (role)
  left join pg_roles as g on g.oid = m.role
 where not t.without_tenant
   and coalesce(g.rolname, '') not in ('armms_audit', 'armms_queue', 'armms_stream')
   and not (t.name in ('tenant.tenants', 'iam.memberships', 'iam.api_keys', 'iam.devices') and p.polcmd = 'r') -- sign-in finds what is the caller's own
union all
select 'guard', t.name, 'platform.guard_table() was not called'
  from tables as t
 where not t.without_tenant and not exists (select from platform.guarded_tables as g where g.schema_name = t.nspname and g.table_name = t.relname)
union all
select 'tenant', t.name, 'has no tenant_id' from tables as t where not t.without_tenant and not t.has_tenant
union all
select 'tenant', t.name, 'tenant_id may be null'
  from tables as t join pg_attribute as a on a.attrelid = t.oid and a.attname = 'tenant_id' where not t.without_tenant and not a.attnotnull
union all
select 'unique', t.name, format('the unique index %s does not begin with tenant_id', i.indexrelid::regclass)
  from tables as t
  join pg_index as i on i.indrelid = t.oid and (i.indisunique or i.indisexclusion)
  left join pg_attribute as a on a.attrelid = t.oid and a.attnum = i.indkey[0]
 where not t.without_tenant and a.attname is distinct from 'tenant_id'
union all
select 'reference', t.name, format('the reference %s does not carry tenant_id', k.conname)
  from tables as t
  join pg_constraint as k on k.conrelid = t.oid and k.contype = 'f' and k.conparentid = 0
  join tables as f on f.oid = k.confrelid
 where f.has_tenant and not f.without_tenant
   and not exists (select from generate_subscripts(k.conkey, 1) as s
                     join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = k.conkey[s]
                     join pg_attribute as b on b.attrelid = k.confrelid and b.attnum = k.confkey[s]
                    where a.attname = 'tenant_id' and b.attname = 'tenant_id')
union all
select 'reference', t.name, format('the reference %s crosses schemas', k.conname)
  from tables as t
  join pg_constraint as k on k.conrelid = t.oid and k.contype = 'f'
  join pg_class as f on f.oid = k.confrelid
  join pg_namespace as n on n.oid = f.relnamespace
 where n.nspname <> t.nspname
union all
select 'reference', t.name, format('the reference %s has no index to be followed backwards by', k.conname)
  from tables as t
  join pg_constraint as k on k.conrelid = t.oid and k.contype = 'f' and k.conparentid = 0
 where not exists (select from pg_index as i
                    where i.indrelid = t.oid
                      and (select array_agg(x order by x) from unnest(k.conkey) as x)
                          <@ (i.indkey::int2[])[0:cardinality(k.conkey)]
                      and i.indpred is null)
   -- tables of a few rows that are never deleted need none
   and not exists (select from pg_class as f where f.oid = k.confrelid and f.relname in ('tenants', 'day_types', 'queues', 'scopes', 'features'))
   and not exists (select from pg_index as i -- a partial index on "is not null" of its columns serves as well
                    where i.indrelid = t.oid and i.indpred is not null
                      and (select array_agg(x order by x) from unnest(k.conkey) as x) <@ (i.indkey::int2[])[0:cardinality(k.conkey)])
union all
select 'append only', t.name, format('%s may %s', g.grantee, lower(g.privilege_type))
  from tables as t
  join platform.guarded_tables as k on k.schema_name = t.nspname and k.table_name = t.relname and k.kind = 'append_only'
  join grants as g on g.table_oid = t.oid and g.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
 where g.grantee <> 'armms_owner'
union all
select 'append only', t.name, 'nothing refuses changes'
  from tables as t
  join platform.guarded_tables as k on k.schema_name = t.nspname and k.table_name = t.relname and k.kind = 'append_only'
 where not exists (select from pg_trigger as g where g.tgrelid = t.oid and g.tgfoid = 'platform.refuse_change'::regproc and g.tgenabled = 'O')
union all
select 'append only', p.name, 'nothing refuses changes of this partition'
  from rooms as p
  join pg_inherits as i on i.inhrelid = p.oid
  join pg_trigger as g on g.tgrelid = i.inhparent and g.tgname = 'append_only'
 where p.relkind = 'r' and not exists (select from pg_trigger as h where h.tgrelid = p.oid and h.tgname = 'append_only')
union all
select 'audit', t.name, 'is not audited'
  from tables as t
  join platform.guarded_tables as k on k.schema_name = t.nspname and k.table_name = t.relname and k.kind in ('row', 'state')
 where (select count(*) from pg_trigger as g where g.tgrelid = t.oid and g.tgname in ('audit_insert', 'audit_update', 'audit_delete') and g.tgenabled = 'O') < 3
union all
select 'grant', p.name, format('%s may %s this partition directly', g.grantee, lower(g.privilege_type))
  from rooms as p
  join grants as g on g.table_oid = p.oid
 where p.relispartition and g.grantee <> 'armms_owner'
union all
select 'grant', r.name, format('%s, of another room, may %s', g.grantee, lower(g.privilege_type))
  from rooms as r
  join grants as g on g.table_oid = r.oid
 where g.grantee like 'armms\_room\_%' and g.grantee <> r.room_role
   and r.nspname not in ('platform', 'queue') -- every room uses these
   and not (r.nspname = 'audit' and g.grantee in ('armms_room_audit', 'armms_room_approvals'))
union all
select 'grant', r.name, format('everybody may %s', lower(g.privilege_type)) from rooms as r join grants as g on g.table_oid = r.oid where g.grantee = 'public'
union all
select 'grant', r.name, 'is a materialised view, which no policy guards, and may be read'
  from rooms as r join grants as g on g.table_oid = r.oid where r.relkind = 'm' and g.grantee <> 'armms_owner'
union all
select 'owner', t.name, format('belongs to %s', o.rolname) from rooms as t join pg_roles as o on o.oid = t.relowner where o.rolname <> 'armms_owner' and t.relkind in ('r', 'p', 'v', 'm')
union all
select 'view', r.name, 'runs with its owner''s rights: security_invoker is missing'
  from rooms as r join pg_class as c on c.oid = r.oid where r.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)
union all
select 'definer', f.name, 'search_path is not pinned' from functions as f
 where f.prosecdef and not exists (select from unnest(f.proconfig) as c where c like 'search_path=%')
union all
select 'definer', f.name, format('belongs to %s', f.owner) from functions as f
 where f.prosecdef and (f.rolsuper or f.rolbypassrls or f.owner not in ('armms_owner', 'armms_audit', 'armms_queue', 'armms_stream'))
union all
select 'definer', f.name, 'everybody may call it' from functions as f
 where f.prosecdef and (f.proacl is null or exists (select from aclexplode(f.proacl) as x where x.grantee = 0))
union all
select 'definer', f.name, 'is not on the list of functions that may look across tenants' from functions as f
 where f.prosecdef
   and f.name !~ '^audit\.(on_.*|seal|verify|rebase|known_tenants)$'
   and f.name not in ('platform.keep_months', 'platform.forget_idempotency_keys', 'platform.stream_behind', 'queue.claim', 'queue.depths', 'queue.tick')
   and f.name !~ '^[a-z_]+\.[a-z_]+_next$'          -- positions of streams, no content
   and f.name !~ '^iam\.[a-z_]+$' and f.name not in ('tenant.known_ids', 'tenant.list_ids', 'tenant.ids')
union all
select 'notify', f.name, 'a trigger notifies: commits would stand in line' from functions as f
 where f.prosrc ~* '\m(pg_)?notify\M' and exists (select from pg_trigger as g where g.tgfoid = f.oid)
union all
select 'role', r.rolname::text, 'may pass row-level security' from pg_roles as r
 where (r.rolsuper or r.rolbypassrls) and r.rolname like 'armms\_%'
union all
select 'role', r.rolname::text, format('owns %s', c.oid::regclass) from app_roles as r join pg_class as c on c.relowner = r.oid
union all
select 'type', t.name, format('%s is of type %s', a.attname, format_type(a.atttypid, a.atttypmod))
  from tables as t
  join pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  join pg_type as y on y.oid = a.atttypid
 where y.typtype = 'e' or format_type(a.atttypid, null) in ('money', 'real', 'double precision')
    or (a.attname like '%\_centavos' and format_type(a.atttypid, null) not in ('bigint', 'bigint[]'))
union all
select 'columns', t.name, format('%s is missing', w.column_name)
  from tables as t
  join platform.guarded_tables as k on k.schema_name = t.nspname and k.table_name = t.relname and k.kind in ('row', 'state')
 cross join (values ('created_at'), ('created_by'), ('updated_at'), ('updated_by')) as w (column_name)
 where not exists (select from pg_attribute as a where a.attrelid = t.oid and a.attname = w.column_name and not a.attisdropped)
union all
select 'comment', t.name, 'says nothing of itself' from tables as t where obj_description(t.oid, 'pg_class') is null
union all
select 'partition', t.schema_name || '.' || t.table_name, 'has no default partition'
  from platform.monthly_tables as t
 where not exists (select from pg_partitioned_table as p where p.partrelid = format('%I.%I', t.schema_name, t.table_name)::regclass and p.partdefid <> 0)
 order by 1, 2, 3
