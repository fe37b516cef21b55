-- 0031  scheduling: a relief told after the fact waits for approval
--
-- Why    whoever tells afterwards who stood in for whom changes what was worked, so somebody else agrees to it first.
-- Locks  brief ACCESS EXCLUSIVE on scheduling.relievers; the check reads each row once.
alter table scheduling.relievers
  drop constraint relievers_status_check,
  add constraint relievers_status_check check (status in ('REQUESTED', 'ASSIGNED', 'REJECTED', 'RELEASED'));

comment on column scheduling.relievers.status is
  'REQUESTED: told after the fact, waits for approval; only ASSIGNED changes anybody''s duty.';
