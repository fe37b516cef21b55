-- 0057  timekeeping: a meal break that was worked through is an adjustment
--
-- Why    a guard whom nobody relieved eats on his post: his break is working time (Labor Code art. 85, Book III Rule I s.7), but no
--        clock tells it. Somebody asks for it for one duty date, and another approves.
-- Locks  brief ACCESS EXCLUSIVE on timekeeping.adjustments, which the check reads once: a few rows for each employee.
alter table timekeeping.adjustments
  drop constraint adjustments_kind_check,
  add constraint adjustments_kind_check check (kind in ('correct', 'void', 'add', 'leave', 'break_worked'));

comment on column timekeeping.adjustments.detachment_id is
  'The site that shall count; of a break_worked, the site whose duties it is about, null: all of the date.';
