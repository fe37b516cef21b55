-- What belongs to the cluster, or needs a superuser: roles and extensions. No number: it is run before every migration,
-- by the role that migrates, and changes nothing where all stands already. A migrating role that is no superuser finds
-- its roles made by an administrator, who runs this file once.
--
-- Roles  armms_owner owns every object, cannot log in unless an administrator lets it, and does not bypass row-level
--        security. armms_room_<room> hold the rights of one room. armms_server, armms_ingest, armms_worker and
--        armms_notify log in, one per unit, and own nothing. armms_audit, armms_queue and armms_stream own the few
--        functions that look across tenants; nobody logs in as them, and only the owner is a member, without inheriting.
do $$
declare
  rooms constant text[] := '{platform,queue,tenant,iam,audit,approvals,hr,scheduling,leave,timekeeping,statutory,rates,benefits,obligations,payroll,filings,reporting,notifications}';
  role_name text;
  room text;
  unit record;
  may_make constant boolean := (select rolsuper or rolcreaterole from pg_roles where rolname = current_user);
begin
  if may_make then
    foreach role_name in array array['armms_owner', 'armms_audit', 'armms_queue', 'armms_stream'] || (select array_agg('armms_room_' || r) from unnest(rooms) as r)
      || array['armms_server', 'armms_ingest', 'armms_worker', 'armms_notify']
    loop
      begin
        if not exists (select from pg_roles where rolname = role_name) then
          execute format('create role %I nosuperuser nobypassrls nocreatedb noreplication %s', role_name,
                         case when role_name = 'armms_owner' then 'noinherit nologin createrole'
                              when role_name in ('armms_server', 'armms_ingest', 'armms_worker', 'armms_notify') then 'inherit login'
                              else 'noinherit nologin' end);
        end if;
      exception when duplicate_object or unique_violation then
        null; -- another database of the cluster is migrated at the same time
      end;
    end loop;

    -- To hand a function to a role, the owner must be its member; it does not inherit, so their policies do not open to it.
    foreach role_name in array array['armms_audit', 'armms_queue', 'armms_stream'] loop
      if not exists (select from pg_auth_members as m where m.roleid = role_name::regrole and m.member = 'armms_owner'::regrole) then
        execute format('grant %I to armms_owner with admin option', role_name);
      end if;
    end loop;

    for unit in
      select *
        from (values ('armms_server', rooms),
                     ('armms_worker', rooms),
                     ('armms_ingest', array['platform', 'queue', 'tenant', 'iam', 'hr', 'timekeeping']),
                     ('armms_notify', array['platform', 'queue', 'tenant', 'iam', 'notifications'])) as u (login, needs)
    loop
      foreach room in array unit.needs loop
        if not exists (select from pg_auth_members as m where m.roleid = ('armms_room_' || room)::regrole and m.member = unit.login::regrole) then
          execute format('grant %I to %I', 'armms_room_' || room, unit.login);
        end if;
      end loop;
    end loop;
  end if;
end
$$;

do $$
declare
  is_super constant boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
  if is_super then
    execute format('grant create, connect, temporary on database %I to armms_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to armms_server, armms_ingest, armms_worker, armms_notify', current_database());
    create extension if not exists btree_gist;
    if exists (select from pg_available_extensions where name = 'pg_partman') then
      create schema if not exists partman;
      create extension if not exists pg_partman schema partman;
      grant usage, create on schema partman to armms_owner;
      grant all on all tables in schema partman to armms_owner;
      grant execute on all functions in schema partman to armms_owner;
      grant execute on all procedures in schema partman to armms_owner;
    end if;
    if current_setting('shared_preload_libraries') ~ '\mpg_cron\M' and current_setting('cron.database_name', true) = current_database() then
      create extension if not exists pg_cron;
      grant usage on schema cron to armms_owner, armms_worker;
    end if;
  end if;
end
$$;

-- The clock of the queue, which a minute later stands too: it only puts messages into it, as the worker, who can log in. The workers tick besides.
do $$
begin
  if (select rolsuper from pg_roles where rolname = current_user)
     and exists (select from pg_extension where extname = 'pg_cron')
  then
    if not exists (select from cron.job where jobname = 'armms-queue-tick' and username = 'armms_worker') then
      perform cron.schedule_in_database('armms-queue-tick', '* * * * *', 'select queue.tick()', current_database()::text, 'armms_worker');
    end if;
  end if;
end
$$;
