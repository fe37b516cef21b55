-- 0053  timekeeping: from which day on absence is told, and sweeps that were broken off
--
-- Why    a tenant that begins in the middle of a year was not absent before; and the days move first, the lines follow in
--        portions: where they have come to must be known, or a worker that ends in between leaves days untold.
-- Locks  brief ACCESS EXCLUSIVE on a table of one row per tenant.
alter table timekeeping.sweeps
  add column swept_from date not null,
  add column settled_from date,
  add column settled_through date,
  add constraint sweeps_span check (swept_from <= swept_through),
  add constraint sweeps_settled_within check (settled_from >= swept_from and settled_through <= swept_through);
comment on column timekeeping.sweeps.settled_from is 'With settled_through: the days of which the lines have followed; within the swept ones while a sweep runs.';
