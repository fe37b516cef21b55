-- 0008  queue: jobs that are done later, their history, and what could not be done
--
-- Why    payruns, exports, sweeps and mails outlive a request. The surface is pgmq's (create, send, send_batch, read,
--        read_with_poll, pop, set_vt, archive, delete, purge_queue, drop_queue, list_queues, metrics) over tables of
--        our own, because a shared queue must be fair between tenants, fenced, and hidden behind row-level security.
-- Health the live table holds live jobs only: a job that ends leaves for the history in the statement that ends it. No
--        index holds a column that a claim, a heartbeat or progress changes, so these updates stay on their page (HOT).
-- Tenant a worker claims for all tenants, and that is all that it does across them. The claim is a definer function that
--        belongs to armms_queue, a role that cannot log in, owns no table and does not bypass row-level security: one
--        policy on queue.jobs names it. Only armms_worker may call the function; what follows a claim (progress, result,
--        hand-back) runs as the tenant of the job.
-- Locks  none: all new.

create schema if not exists queue;
grant usage on schema queue to armms_queue, armms_room_queue, armms_worker;
grant create on schema queue to armms_queue; -- for the moment in which it gets its functions

-- What a queue may do; a queue is a kind of job. No tenant: the same for all.
create table queue.queues (
  queue_name text primary key check (queue_name ~ '^[a-z][a-z0-9.-]{1,62}$'),
  max_attempts smallint not null default 5 check (max_attempts between 1 and 100),
  lease_seconds integer not null default 60 check (lease_seconds between 1 and 3600),
  tenant_limit smallint not null default 0 check (tenant_limit >= 0),
  created_at timestamptz not null default now()
);
comment on table queue.queues is 'Kinds of jobs and their limits; rows are made by the first send.';
comment on column queue.queues.tenant_limit is 'At most so many of one tenant run at once; 0: no limit.';
grant select, insert on queue.queues to armms_room_queue;
grant select on queue.queues to armms_queue;

create function queue.new_id() returns uuid
language sql volatile set search_path = pg_catalog as
$$
  select encode(set_byte(b, 6, (get_byte(b, 6) & 15) | 112), 'hex')::uuid
    from (select overlay(uuid_send(gen_random_uuid())
                         placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6) as b) as r
$$;
comment on function queue.new_id is 'UUIDv7, for what is sent by SQL: jobs are taken in the order of their ids.';

create table queue.jobs (
  tenant_id uuid not null,
  job_id uuid not null default queue.new_id(),
  queue_name text not null references queue.queues (queue_name),
  priority smallint not null default 5,
  vt timestamptz not null default now(),
  attempt smallint not null default 0,
  max_attempts smallint not null default 5,
  lease_no bigint not null default 0,
  lease_owner text,
  leased_at timestamptz,
  started_at timestamptz,
  unique_key text check (length(unique_key) <= 400),
  message jsonb not null default '{}',
  headers jsonb not null default '{}',
  cancel_requested boolean not null default false,
  total bigint,
  done bigint not null default 0,
  failed bigint not null default 0,
  result jsonb,
  problems jsonb not null default '[]',
  last_error text,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, job_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.05);
create index jobs_in_order on queue.jobs (tenant_id, priority, job_id);
create unique index jobs_unique_key on queue.jobs (tenant_id, queue_name, unique_key) where unique_key is not null;
comment on table queue.jobs is 'Live jobs only: waiting, running, or waiting to be tried again. Ended ones are in queue.jobs_history.';
comment on column queue.jobs.vt is 'Not to be claimed before (pgmq: visibility time): a delay, a backoff, or the end of the lease.';
comment on column queue.jobs.lease_no is 'Rises with every claim. Who ends or changes the job names the number he got: a late one is refused.';
comment on column queue.jobs.attempt is 'Claims so far (pgmq: read_ct); a worker that hands a job back takes its one off again.';
comment on column queue.jobs.unique_key is 'At most one live job of a tenant and kind has it.';
comment on column queue.jobs.headers is 'Who sent it, for the audit: request id and reason.';
select platform.guard_table('queue.jobs', 'derived');
create policy jobs_claim on queue.jobs for all to armms_queue using (true) with check (true);
grant select, insert, update, delete on queue.jobs to armms_room_queue;
grant select, insert, update on queue.jobs to armms_queue;

create table queue.jobs_history (
  tenant_id uuid not null,
  job_id uuid not null,
  ended_at timestamptz not null default now(),
  queue_name text not null,
  state text not null check (state in ('DONE', 'FAILED', 'CANCELLED', 'ARCHIVED')),
  priority smallint not null,
  attempt smallint not null,
  max_attempts smallint not null,
  lease_no bigint not null,
  lease_owner text,
  started_at timestamptz,
  unique_key text,
  message jsonb not null,
  headers jsonb not null,
  total bigint,
  done bigint not null,
  failed bigint not null,
  result jsonb,
  problems jsonb not null,
  last_error text,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, job_id, ended_at)
) partition by range (ended_at);
comment on table queue.jobs_history is 'Jobs that ended, by the month in which they did. Dropped by the month.';
select platform.guard_table('queue.jobs_history', 'derived');
select platform.partition_by_month('queue.jobs_history', 'ended_at');
grant select, insert on queue.jobs_history to armms_room_queue;

-- What failed for good: jobs, events of the outbox that a consumer could not take, items of a stream.
create table queue.dead_letters (
  tenant_id uuid not null,
  dead_letter_id uuid not null,
  source text not null check (source in ('job', 'event', 'stream')),
  name text not null,
  item_id uuid not null,
  partition_key text not null default '',
  position_xid xid8,
  state text not null default 'PARKED' check (state in ('RETRYING', 'PARKED', 'RESENT', 'PURGED')),
  code text not null,
  reason text not null,
  attempts integer not null default 1,
  message jsonb not null default '{}',
  resent_at timestamptz,
  resent_by uuid,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, dead_letter_id)
) with (fillfactor = 80);
create unique index dead_letters_open on queue.dead_letters (tenant_id, source, name, item_id) where state in ('RETRYING', 'PARKED');
create index dead_letters_key on queue.dead_letters (tenant_id, name, partition_key, position_xid, item_id) where state in ('RETRYING', 'PARKED');
comment on table queue.dead_letters is 'Failed for good, with the reason: people see it, mend the cause and send it again.';
comment on column queue.dead_letters.name is 'The kind of job, the subscription or the reader.';
comment on column queue.dead_letters.partition_key is 'Events: order is kept within it, so what follows a failed one waits behind it.';
comment on column queue.dead_letters.position_xid is 'Events: with item_id, their place in the order of the outbox.';
select platform.guard_table('queue.dead_letters', 'state');
grant select, insert, update on queue.dead_letters to armms_room_queue;

-- A key of a subscription behind which events wait: read by the subscription in each batch, so it is kept tiny.
create table queue.blocked_keys (
  tenant_id uuid not null,
  name text not null,
  partition_key text not null,
  attempts integer not null default 1,
  reason text not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, name, partition_key)
);
comment on table queue.blocked_keys is 'Events of this key wait in queue.dead_letters until it is sent again; the other keys flow on.';
select platform.guard_table('queue.blocked_keys', 'derived');
grant select, insert, update, delete on queue.blocked_keys to armms_room_queue;

-- Workers that live; an entry is worth a minute. No tenant: processes serve all.
create table queue.workers (
  worker_id text primary key,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  about jsonb not null default '{}'
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 100);
comment on table queue.workers is 'Alive signs of worker processes: slots are shared out by their number.';
grant select on queue.workers to armms_room_queue;
grant select, insert, update, delete on queue.workers to armms_worker;

-- Recurring work: the schedule, and the ticks that were taken, which make a tick idempotent.
create table queue.schedules (
  tenant_id uuid not null,
  schedule_id text not null check (schedule_id ~ '^[a-z][a-z0-9.-]{1,62}$'),
  queue_name text not null references queue.queues (queue_name),
  every interval not null check (every >= interval '1 minute'),
  phase interval not null default '0',
  message jsonb not null default '{}',
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, schedule_id)
);
comment on table queue.schedules is 'Work that recurs. The platform''s own is of tenant 00000000-0000-8000-8000-000000000001.';
comment on column queue.schedules.phase is 'Shift within the step, from midnight in Manila: every 1 day, phase 2 h is 02:00 there.';
create table queue.ticks (
  tenant_id uuid not null,
  schedule_id text not null,
  fire_at timestamptz not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  primary key (tenant_id, schedule_id, fire_at),
  foreign key (tenant_id, schedule_id) references queue.schedules on delete cascade
);
comment on table queue.ticks is 'Ticks that were taken: any number of schedulers may call queue.tick(), a tick counts once.';

-- The platform's own, before the tables are closed to those without a tenant.
insert into queue.queues (queue_name) values ('queue.redrive'), ('queue.months'), ('queue.retention'), ('queue.seal');
insert into queue.schedules (tenant_id, schedule_id, queue_name, every, phase)
values ('00000000-0000-8000-8000-000000000001', 'queue.months', 'queue.months', '1 day', '1 hour'),
       ('00000000-0000-8000-8000-000000000001', 'queue.retention', 'queue.retention', '1 day', '2 hours'),
       ('00000000-0000-8000-8000-000000000001', 'queue.seal', 'queue.seal', '1 minute', '0');
select platform.guard_table('queue.schedules', 'row');
select platform.guard_table('queue.ticks', 'derived');
create policy schedules_tick on queue.schedules for select to armms_queue using (true);
create policy ticks_tick on queue.ticks for all to armms_queue using (true) with check (true);
grant select on queue.schedules to armms_queue;
grant select, insert, delete on queue.ticks to armms_queue;

-- ---------------------------------------------------------------------------------------------------------------
-- The surface of pgmq, for the tenant that is set. A message id is the job's uuid.
create type queue.message_record as (
  msg_id uuid, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb, headers jsonb, lease_no bigint);

create function queue.create(queue_name text) returns void
language sql set search_path = pg_catalog as
$$ insert into queue.queues (queue_name) values ($1) on conflict do nothing $$;

create function queue.send(queue_name text, msg jsonb, delay integer default 0) returns uuid
language sql set search_path = pg_catalog as
$$
  insert into queue.queues (queue_name) select $1 where not exists (select from queue.queues as q where q.queue_name = $1) on conflict do nothing;
  insert into queue.jobs (tenant_id, queue_name, max_attempts, message, vt)
  select platform.current_tenant_id(), $1, q.max_attempts, $2, now() + make_interval(secs => $3)
    from queue.queues as q where q.queue_name = $1
  returning job_id;
$$;

create function queue.send_batch(queue_name text, msgs jsonb[], delay integer default 0) returns setof uuid
language sql set search_path = pg_catalog as
$$
  insert into queue.queues (queue_name) select $1 where not exists (select from queue.queues as q where q.queue_name = $1) on conflict do nothing;
  insert into queue.jobs (tenant_id, queue_name, max_attempts, message, vt)
  select platform.current_tenant_id(), $1, q.max_attempts, m, now() + make_interval(secs => $3)
    from queue.queues as q, unnest($2) as m where q.queue_name = $1
  returning job_id;
$$;

create function queue.read(queue_name text, vt integer, qty integer) returns setof queue.message_record
language sql set search_path = pg_catalog as
$$
  with picked as materialized (
    select j.tenant_id, j.job_id
      from queue.jobs as j
     where j.tenant_id = platform.current_tenant_id() and j.queue_name = $1 and j.vt <= clock_timestamp()
     order by j.priority, j.job_id
     limit $3
       for update skip locked)
  update queue.jobs as j
     set vt = clock_timestamp() + make_interval(secs => $2), attempt = j.attempt + 1, lease_no = j.lease_no + 1,
         lease_owner = 'sql', leased_at = clock_timestamp(), started_at = coalesce(j.started_at, clock_timestamp())
    from picked as p
   where j.tenant_id = p.tenant_id and j.job_id = p.job_id
  returning j.job_id, j.attempt::integer, j.created_at, j.vt, j.message, j.headers, j.lease_no;
$$;

create function queue.read_with_poll(queue_name text, vt integer, qty integer, max_poll_seconds integer default 5,
                                     poll_interval_ms integer default 100) returns setof queue.message_record
language plpgsql set search_path = pg_catalog as
$$
declare
  until timestamptz := clock_timestamp() + make_interval(secs => max_poll_seconds);
begin
  loop
    return query select * from queue.read($1, $2, $3);
    exit when found or clock_timestamp() >= until;
    perform pg_sleep(poll_interval_ms / 1000.0);
  end loop;
end
$$;

create function queue.end_job(p_job_id uuid, p_lease_no bigint, p_state text, p_result jsonb default null,
                              p_last_error text default null) returns boolean
language sql set search_path = pg_catalog as
$$
  with ended as (
    delete from queue.jobs as j
     where j.tenant_id = platform.current_tenant_id() and j.job_id = $1 and ($2 is null or j.lease_no = $2)
    returning j.*),
  kept as (
    insert into queue.jobs_history (tenant_id, job_id, queue_name, state, priority, attempt, max_attempts, lease_no, lease_owner,
                                    started_at, unique_key, message, headers, total, done, failed, result, problems, last_error,
                                    created_at, created_by)
    select tenant_id, job_id, queue_name, $3, priority, attempt, max_attempts, lease_no, lease_owner,
           started_at, unique_key, message, headers, total, done, failed, coalesce($4, result), problems, coalesce($5, last_error),
           created_at, created_by
      from ended
    returning 1)
  select exists (select from kept);
$$;
comment on function queue.end_job is 'Moves a live job to the history; false when the lease number is not its last: somebody else has it.';

create function queue.archive(queue_name text, msg_id uuid, lease_no bigint default null) returns boolean
language sql set search_path = pg_catalog as
$$ select queue.end_job($2, $3, 'ARCHIVED') $$;

create function queue.delete(queue_name text, msg_id uuid, lease_no bigint default null) returns boolean
language sql set search_path = pg_catalog as
$$
  with gone as (
    delete from queue.jobs as j
     where j.tenant_id = platform.current_tenant_id() and j.queue_name = $1 and j.job_id = $2 and ($3 is null or j.lease_no = $3)
    returning 1)
  select exists (select from gone);
$$;

create function queue.pop(queue_name text) returns setof queue.message_record
language sql set search_path = pg_catalog as
$$
  with picked as materialized (
    select j.tenant_id, j.job_id
      from queue.jobs as j
     where j.tenant_id = platform.current_tenant_id() and j.queue_name = $1 and j.vt <= clock_timestamp()
     order by j.priority, j.job_id
     limit 1
       for update skip locked)
  delete from queue.jobs as j using picked as p
   where j.tenant_id = p.tenant_id and j.job_id = p.job_id
  returning j.job_id, j.attempt::integer, j.created_at, j.vt, j.message, j.headers, j.lease_no;
$$;

create function queue.set_vt(queue_name text, msg_id uuid, vt integer, lease_no bigint default null) returns setof queue.message_record
language sql set search_path = pg_catalog as
$$
  update queue.jobs as j
     set vt = clock_timestamp() + make_interval(secs => $3)
   where j.tenant_id = platform.current_tenant_id() and j.queue_name = $1 and j.job_id = $2 and ($4 is null or j.lease_no = $4)
  returning j.job_id, j.attempt::integer, j.created_at, j.vt, j.message, j.headers, j.lease_no;
$$;

create function queue.purge_queue(queue_name text) returns bigint
language sql set search_path = pg_catalog as
$$
  with gone as (
    delete from queue.jobs as j where j.tenant_id = platform.current_tenant_id() and j.queue_name = $1 returning 1)
  select count(*) from gone;
$$;

-- Of all tenants, so for the owner only (armmsctl): nobody else may delete from queue.queues.
create function queue.drop_queue(queue_name text) returns boolean
language sql set search_path = pg_catalog as
$$ with gone as (delete from queue.queues as q where q.queue_name = $1 returning 1) select exists (select from gone) $$;

create function queue.list_queues() returns table (queue_name text, created_at timestamptz, is_partitioned boolean, is_unlogged boolean)
language sql stable set search_path = pg_catalog as
$$ select q.queue_name, q.created_at, false, false from queue.queues as q order by q.queue_name $$;

create function queue.metrics(queue_name text)
returns table (queue_name text, queue_length bigint, newest_msg_age_sec integer, oldest_msg_age_sec integer, total_messages bigint,
               scrape_time timestamptz, queue_visible_length bigint)
language sql stable set search_path = pg_catalog as
$$
  select $1, count(*), extract(epoch from now() - max(j.created_at))::integer, extract(epoch from now() - min(j.created_at))::integer,
         count(*) + (select count(*) from queue.jobs_history as h where h.tenant_id = platform.current_tenant_id() and h.queue_name = $1),
         now(), count(*) filter (where j.vt <= now())
    from queue.jobs as j
   where j.tenant_id = platform.current_tenant_id() and j.queue_name = $1
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Across tenants: definer functions of armms_queue, for the worker alone.
create type queue.claimed_job as (
  tenant_id uuid, job_id uuid, queue_name text, attempt smallint, max_attempts smallint, lease_no bigint, message jsonb, headers jsonb,
  created_by uuid, created_at timestamptz);

create function queue.claim(p_queues text[], p_leases integer[], p_owner text, p_quantity integer, p_after uuid)
returns setof queue.claimed_job
language sql security definer set search_path = pg_catalog as
$$
  with recursive tenants (tenant_id) as (
    (select j.tenant_id from queue.jobs as j order by j.tenant_id limit 1)
    union all
    select (select j.tenant_id from queue.jobs as j where j.tenant_id > t.tenant_id order by j.tenant_id limit 1)
      from tenants as t
     where t.tenant_id is not null),
  wanted as (
    select w.queue_name, w.seconds, coalesce(q.tenant_limit, 0) as tenant_limit
      from unnest(p_queues, p_leases) as w (queue_name, seconds)
      left join queue.queues as q on q.queue_name = w.queue_name),
  turns as materialized (
    select t.tenant_id,
           greatest(1, ceil(p_quantity::numeric / count(*) over ()))::integer as share
      from tenants as t
     where t.tenant_id is not null
     order by coalesce(t.tenant_id <= p_after, false), t.tenant_id),
  picked as materialized (
    select r.tenant_id, r.job_id, r.seconds
      from turns as t
     cross join lateral (
       select j.tenant_id, j.job_id, w.seconds
         from queue.jobs as j
         join wanted as w on w.queue_name = j.queue_name
        where j.tenant_id = t.tenant_id
          and j.vt <= clock_timestamp()
          and (w.tenant_limit = 0
               or w.tenant_limit > (select count(*) from queue.jobs as busy
                                     where busy.tenant_id = j.tenant_id and busy.queue_name = j.queue_name
                                       and busy.lease_owner is not null and busy.vt > clock_timestamp()))
        order by j.priority, j.job_id
        limit t.share
          for update of j skip locked) as r
     limit p_quantity)
  update queue.jobs as j
     set vt = clock_timestamp() + make_interval(secs => p.seconds), attempt = j.attempt + 1, lease_no = j.lease_no + 1,
         lease_owner = p_owner, leased_at = clock_timestamp(), started_at = coalesce(j.started_at, clock_timestamp()),
         updated_at = clock_timestamp()
    from picked as p
   where j.tenant_id = p.tenant_id and j.job_id = p.job_id
  returning j.tenant_id, j.job_id, j.queue_name, j.attempt, j.max_attempts, j.lease_no, j.message, j.headers, j.created_by, j.created_at;
$$;
comment on function queue.claim is
  'Up to p_quantity ready jobs, an equal share for each tenant that has some, beginning after p_after: nobody starves behind another''s backlog.';

create function queue.depths()
returns table (queue_name text, waiting bigint, running bigint, delayed bigint, oldest_seconds bigint)
language sql stable security definer set search_path = pg_catalog as
$$
  select j.queue_name,
         count(*) filter (where j.vt <= now()),
         count(*) filter (where j.vt > now() and j.lease_owner is not null),
         count(*) filter (where j.vt > now() and j.lease_owner is null),
         coalesce(extract(epoch from now() - min(j.created_at) filter (where j.vt <= now())), 0)::bigint
    from queue.jobs as j
   group by j.queue_name
$$;
comment on function queue.depths is 'Numbers only, for metrics and readiness.';

create function queue.tick() returns integer
language plpgsql security definer set search_path = pg_catalog as
$$
declare
  sent integer;
begin
  with due as (
    select s.*, date_bin(s.every, now() - s.phase, timestamptz '2000-01-01 00:00 Asia/Manila') + s.phase as fire_at
      from queue.schedules as s
     where s.enabled),
  taken as (
    insert into queue.ticks (tenant_id, schedule_id, fire_at)
    select d.tenant_id, d.schedule_id, d.fire_at from due as d
        on conflict do nothing
    returning tenant_id, schedule_id, fire_at)
  insert into queue.jobs (tenant_id, queue_name, max_attempts, unique_key, message, headers)
  select d.tenant_id, d.queue_name, q.max_attempts, 'schedule:' || d.schedule_id,
         d.message || jsonb_build_object('fire_at', to_char(d.fire_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
         jsonb_build_object('request_id', 'schedule:' || d.schedule_id)
    from taken as t
    join due as d using (tenant_id, schedule_id, fire_at)
    join queue.queues as q on q.queue_name = d.queue_name
      on conflict do nothing;
  get diagnostics sent = row_count;
  delete from queue.ticks as k where k.fire_at < now() - interval '90 days';
  return sent;
end
$$;
comment on function queue.tick is
  'Puts the work that is due into its queues, and does nothing else. pg_cron calls it where there is one, and so does every worker: a tick counts once.';

-- Rights first: after the hand-over they are the new owner's to give.
revoke execute on function queue.claim(text[], integer[], text, integer, uuid) from public;
revoke execute on function queue.depths() from public;
revoke execute on function queue.tick() from public;
grant execute on function queue.claim(text[], integer[], text, integer, uuid) to armms_worker;
grant execute on function queue.depths() to armms_worker, armms_server;
grant execute on function queue.tick() to armms_worker, armms_owner;
alter function queue.claim(text[], integer[], text, integer, uuid) owner to armms_queue;
alter function queue.depths() owner to armms_queue;
alter function queue.tick() owner to armms_queue;
revoke create on schema queue from armms_queue;
