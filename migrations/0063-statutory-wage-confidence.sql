-- 0063  statutory: a wage order says whether it was read
--
-- Why    some rows are from news, or tell a range of which nobody said who is in which tier. They count, for nothing better is known, and
--        payslips say so. Rows that stand say nothing until the files are loaded again.
-- Locks  brief ACCESS EXCLUSIVE on gov.minimum_wages: a constant default rewrites no row.

alter table gov.minimum_wages
  add column confidence text not null default '';
comment on column gov.minimum_wages.confidence is '"published": the order was read; anything else says what is not certain, nothing that nobody said.';
