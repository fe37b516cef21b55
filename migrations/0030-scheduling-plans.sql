-- 0030  scheduling: who is to stand where, and when
--
-- Why    a punch is judged by the duty that was planned for it: assignment, relief, rest day, calendar and policy of its date.
-- Locks  none: all new.

create table scheduling.assignments (
  tenant_id uuid not null default platform.current_tenant_id(),
  assignment_id uuid not null,
  employee_id uuid not null,
  detachment_id uuid not null,
  shift_id uuid not null,
  position_id uuid not null,
  valid_from date not null,
  valid_to date,
  rest_weekdays text check (rest_weekdays ~ '^(MON|TUE|WED|THU|FRI|SAT|SUN)(,(MON|TUE|WED|THU|FRI|SAT|SUN))*$'),
  note text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, assignment_id),
  check (valid_to >= valid_from),
  constraint assignments_do_not_overlap
    exclude using gist (tenant_id with =, employee_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index assignments_by_employee on scheduling.assignments (tenant_id, employee_id, valid_from);
create index assignments_by_detachment on scheduling.assignments (tenant_id, detachment_id, valid_from);
comment on table scheduling.assignments is 'Employee x detachment x shift x position, from a day to a day.';
comment on column scheduling.assignments.valid_to is 'The last day; null: until further notice.';
comment on column scheduling.assignments.rest_weekdays is 'Weekly rest days, in the order of the week: SAT,SUN.';
select platform.guard_table('scheduling.assignments', 'row', 'detachment_id');

create table scheduling.shift_instances (
  tenant_id uuid not null default platform.current_tenant_id(),
  shift_instance_id uuid not null,
  duty_date date not null,
  detachment_id uuid not null,
  shift_id uuid not null,
  headcount bigint not null check (headcount between 0 and 1000),
  status text not null default 'PLANNED' check (status in ('PLANNED', 'CANCELLED')),
  note text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, shift_instance_id),
  unique (tenant_id, duty_date, detachment_id, shift_id)
);
create index shift_instances_cancelled on scheduling.shift_instances (tenant_id, duty_date) where status = 'CANCELLED';
comment on table scheduling.shift_instances is 'One shift of one detachment on one date, and the heads it needs.';
comment on column scheduling.shift_instances.duty_date is 'The local day on which the shift starts.';
select platform.guard_table('scheduling.shift_instances', 'row', 'detachment_id');

create table scheduling.relievers (
  tenant_id uuid not null default platform.current_tenant_id(),
  relief_id uuid not null,
  shift_instance_id uuid not null,
  duty_date date not null,
  detachment_id uuid not null,
  shift_id uuid not null,
  position_id uuid not null,
  reliever_id uuid not null,
  relieved_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null check (reason in ('ABSENT', 'SICK', 'LEAVE', 'REST_DAY', 'TRAINING', 'EXTRA', 'OTHER')),
  note text,
  status text not null default 'ASSIGNED' check (status in ('ASSIGNED', 'RELEASED')),
  after_the_fact boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, relief_id),
  foreign key (tenant_id, shift_instance_id) references scheduling.shift_instances (tenant_id, shift_instance_id),
  check (ends_at > starts_at),
  check (relieved_id <> reliever_id),
  constraint relievers_do_not_overlap
    exclude using gist (tenant_id with =, reliever_id with =, tstzrange(starts_at, ends_at) with &&) where (status = 'ASSIGNED'),
  constraint relieved_do_not_overlap
    exclude using gist (tenant_id with =, relieved_id with =, tstzrange(starts_at, ends_at) with &&)
      where (status = 'ASSIGNED' and relieved_id is not null)
);
create index relievers_by_date on scheduling.relievers (tenant_id, duty_date);
create index relievers_by_instance on scheduling.relievers (tenant_id, shift_instance_id);
comment on table scheduling.relievers is 'Somebody on a shift instance in place of somebody else, or in addition.';
comment on column scheduling.relievers.relieved_id is 'Whose post it is; null: one head more.';
comment on column scheduling.relievers.after_the_fact is 'Told when the duty had begun.';
select platform.guard_table('scheduling.relievers', 'row', 'detachment_id');

create table scheduling.holidays (
  tenant_id uuid not null default platform.current_tenant_id(),
  holiday_id uuid not null,
  on_date date not null,
  name text not null check (name <> ''),
  day_type text not null check (day_type in ('regular', 'special', 'special_working')),
  scope text not null check (scope ~ '^(national|region:.+|city:.+)$'),
  source text,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'CANCELLED')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, holiday_id),
  unique (tenant_id, on_date, scope, name)
);
comment on table scheduling.holidays is 'The calendar; the one that counts is that of the detachment''s place.';
comment on column scheduling.holidays.scope is 'national, region:<region> or city:<city>.';
select platform.guard_table('scheduling.holidays', 'row');

create table scheduling.attendance_policies (
  tenant_id uuid not null default platform.current_tenant_id(),
  policy_id uuid not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  detachment_id uuid,
  valid_from date not null,
  valid_to date,
  early_margin_minutes bigint not null check (early_margin_minutes between 0 and 720),
  late_margin_minutes bigint not null check (late_margin_minutes between 0 and 720),
  duplicate_window_minutes bigint not null check (duplicate_window_minutes between 0 and 60),
  rounding_step_minutes bigint not null check (rounding_step_minutes between 0 and 60),
  rounding text not null check (rounding in ('NONE', 'NEAREST', 'INWARD', 'OUTWARD')),
  longest_duty_minutes bigint not null check (longest_duty_minutes between 0 and 2880),
  skew_tolerance_minutes bigint not null check (skew_tolerance_minutes between 0 and 1440),
  pay_before_start boolean not null,
  pay_after_end boolean not null,
  day_type_of_duty boolean not null,
  regular_minutes bigint not null check (regular_minutes between 60 and 720),
  night_from_minute bigint not null check (night_from_minute between 0 and 1439),
  night_to_minute bigint not null check (night_to_minute between 0 and 1439),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, policy_id),
  unique (tenant_id, code, valid_from),
  check (valid_to >= valid_from),
  constraint attendance_policies_do_not_overlap
    exclude using gist (tenant_id with =, (coalesce(detachment_id, '00000000-0000-0000-0000-000000000000')) with =,
                        daterange(valid_from, valid_to, '[]') with &&)
);
comment on table scheduling.attendance_policies is 'How clocks are read, for the tenant or for one detachment, from a day to a day.';
comment on column scheduling.attendance_policies.detachment_id is 'Null: the tenant''s, for every detachment without one of its own.';
select platform.guard_table('scheduling.attendance_policies', 'row');

select platform.make_outbox('scheduling');
