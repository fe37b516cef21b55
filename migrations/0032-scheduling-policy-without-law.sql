-- 0032  scheduling: a policy leaves the law's hours to the law
--
-- Why    how long a day's work is and when it is night are figures of law, with dates of their own. A policy that says 0 follows
--        them; what it says beside them can only better them for the guard. Rows that have copied the law's figures mean the same.
-- Locks  brief ACCESS EXCLUSIVE on scheduling.attendance_policies; the check reads each row once.
alter table scheduling.attendance_policies
  drop constraint attendance_policies_regular_minutes_check,
  add constraint attendance_policies_regular_minutes_check check (regular_minutes = 0 or regular_minutes between 60 and 720);

comment on column scheduling.attendance_policies.regular_minutes is 'Of a duty, before overtime begins; 0: as the law says.';
comment on column scheduling.attendance_policies.night_from_minute is 'With night_to_minute: when it is night; both 0: as the law says.';
