-- 0016  approvals: changes that wait for others, and who took which step
--
-- Why    request -> (verify) -> approve or reject is one pattern for every change that matters; the trail is never changed.
-- Shape  the change itself is JSON (before and after) that only its subject's owner understands. Who asked or verified
--        cannot approve: checked where it is decided, and again by the unique key of a person's steps.
-- Locks  none: all new.
create table audit.change_requests (
  tenant_id uuid not null,
  change_id uuid not null,
  subject text not null check (subject ~ '^[a-z][a-z-]*$'),
  resource_id uuid not null,
  change jsonb not null,
  reason text,
  state text not null default 'REQUESTED' check (state in ('REQUESTED', 'VERIFIED', 'APPROVED', 'REJECTED')),
  needs_verify boolean not null,
  requested_by uuid not null,
  requested_at timestamptz not null default now(),
  decided_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, change_id),
  check ((state in ('APPROVED', 'REJECTED')) = (decided_at is not null))
);
create unique index change_requests_open on audit.change_requests (tenant_id, subject, resource_id) where state in ('REQUESTED', 'VERIFIED');
create index change_requests_inbox on audit.change_requests (tenant_id, requested_at, change_id) where state in ('REQUESTED', 'VERIFIED');
comment on table audit.change_requests is 'Changes put before others; at most one open per resource.';
comment on column audit.change_requests.change is 'Before and after, as the owner of the subject wrote it.';
select platform.guard_table('audit.change_requests', 'row');

create table audit.change_steps (
  tenant_id uuid not null,
  change_id uuid not null,
  step text not null check (step in ('request', 'verify', 'approve', 'reject')),
  taken_by uuid not null,
  taken_at timestamptz not null default now(),
  reason text,
  marks text[] not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  primary key (tenant_id, change_id, step),
  foreign key (tenant_id, change_id) references audit.change_requests (tenant_id, change_id)
);
comment on table audit.change_steps is 'Who took which step of a change. Append-only: the trail.';
comment on column audit.change_steps.marks is 'same-person: somebody stood at two gates, which the tenant allows.';
create unique index change_steps_person on audit.change_steps (tenant_id, change_id, taken_by) where step in ('request', 'verify', 'approve');
select platform.guard_table('audit.change_steps', 'append_only');
