-- 0050  timekeeping: devices and what they say
--
-- Why    clock events are the truth that everything down to the timesheet is derived from: kept as they came, for ever.
--        Months keep the table small to work with; but an event must count once however late it is sent again, and a unique
--        key of a partitioned table must hold the partition's column. So the identity (tenant, device, event id) stands in a
--        narrow table of its own, without partitions, written in the same statement.
-- Locks  none: all new.
comment on schema timekeeping is 'From clock events to finalised timesheets. Minutes only: no money stands here.';

create table timekeeping.devices (
  tenant_id uuid not null,
  device_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  detachment_id uuid,
  kind text not null default 'reader' check (kind in ('reader', 'phone', 'terminal', 'import')),
  active boolean not null default true,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, device_id),
  unique (tenant_id, name)
);
comment on table timekeeping.devices is 'Readers, phones and terminals. Their keys are kept by iam.';
comment on column timekeeping.devices.detachment_id is 'Where it hangs: the site of events that do not say their own.';
select platform.guard_table('timekeeping.devices', 'row', 'detachment_id');

create table timekeeping.device_signs (
  tenant_id uuid not null,
  device_id uuid not null,
  last_seen_at timestamptz not null,
  clock_offset_seconds integer not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, device_id)
) with (fillfactor = 70);
comment on table timekeeping.device_signs is 'When each device, registered or not, was last heard of, and how far its clock was ahead of ours.';
select platform.guard_table('timekeeping.device_signs', 'derived');

create table timekeeping.clock_event_keys (
  tenant_id uuid not null,
  device_id uuid not null,
  event_id uuid not null,
  clock_event_id uuid not null,
  event_ts timestamptz not null,
  body_hash bigint not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, device_id, event_id)
);
comment on table timekeeping.clock_event_keys is 'An event counts once: its identity, across all months and the quarantine.';
comment on column timekeeping.clock_event_keys.body_hash is 'Of all that the device said: the same key with another body is refused.';
select platform.guard_table('timekeeping.clock_event_keys', 'append_only');

create table timekeeping.clock_events (
  tenant_id uuid not null,
  event_ts timestamptz not null,
  clock_event_id uuid not null,
  device_id uuid not null,
  event_id uuid not null,
  employee_id uuid,
  detachment_id uuid,
  received_at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default now(),
  seq integer,
  clock_offset_seconds integer not null default 0,
  slot smallint not null,
  device_known boolean not null,
  type text not null check (type in ('IN', 'OUT', 'BREAK_START', 'BREAK_END', 'UNKNOWN')),
  employee_ref text,
  payload jsonb,
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, event_ts, clock_event_id)
) partition by range (event_ts);
comment on table timekeeping.clock_events is 'What devices said, as they said it. Never changed, never deleted.';
comment on column timekeeping.clock_events.event_ts is 'The instant by the device''s clock.';
comment on column timekeeping.clock_events.employee_id is 'Whose, as far as it was known when it came; null: see employee_ref.';
comment on column timekeeping.clock_events.employee_ref is 'The employee number as it was sent, where it was one.';
comment on column timekeeping.clock_events.detachment_id is 'The site: said by the event, else the device''s own site when it came.';
comment on column timekeeping.clock_events.clock_offset_seconds is 'How far the device''s clock was ahead of ours when it sent; 0 when it did not say.';
comment on column timekeeping.clock_events.device_known is 'Whether the device was registered and in use when it came.';
comment on column timekeeping.clock_events.slot is 'Hash of the employee: one reader at a time holds a slot.';
create index clock_events_of_employee on timekeeping.clock_events (tenant_id, employee_id, event_ts);
create index clock_events_of_nobody on timekeeping.clock_events (tenant_id, employee_ref, event_ts) where employee_id is null;
select platform.guard_table('timekeeping.clock_events', 'append_only', 'detachment_id');
select platform.partition_by_month('timekeeping.clock_events', 'event_ts');
select platform.open_stream('timekeeping.clock_events', 'xid', 'clock_event_id', 'slot');

create table timekeeping.clock_event_quarantine (
  tenant_id uuid not null,
  clock_event_id uuid not null,
  event_ts timestamptz not null,
  device_id uuid not null,
  event_id uuid not null,
  employee_id uuid,
  detachment_id uuid,
  received_at timestamptz not null,
  seq integer,
  clock_offset_seconds integer not null default 0,
  device_known boolean not null,
  type text not null,
  employee_ref text,
  payload jsonb,
  quarantined text not null check (quarantined in ('too_old', 'too_new')),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, clock_event_id)
);
comment on table timekeeping.clock_event_quarantine is
  'Events of impossible times: kept as they came, not counted, each with its anomaly. They never reach the monthly tables.';
select platform.guard_table('timekeeping.clock_event_quarantine', 'append_only', 'detachment_id');

create table timekeeping.employee_links (
  tenant_id uuid not null,
  employee_ref text not null,
  employee_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, employee_ref)
);
create index employee_links_of_employee on timekeeping.employee_links (tenant_id, employee_id);
comment on table timekeeping.employee_links is
  'Whose events of an employee number are that came before anybody was known by it: written when he is onboarded.';
select platform.guard_table('timekeeping.employee_links', 'row');
