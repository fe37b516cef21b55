-- 0056  timekeeping: the hours that the law gives, by date
--
-- Why    how long a day's work is, when it is night, which breaks are paid and what an unworked holiday is worth are figures of law:
--        a duty is judged with those in force on its date, also years later. They come from files that name their document.
-- Locks  none: all new.
create table timekeeping.working_times (
  tenant_id uuid not null default platform.current_tenant_id(),
  valid_from date not null,
  valid_to date,
  row_no bigint not null,
  regular_minutes bigint not null check (regular_minutes between 1 and 1440),
  night_from_minute bigint not null check (night_from_minute between 0 and 1439),
  night_to_minute bigint not null check (night_to_minute between 0 and 1439),
  meal_break_minutes bigint not null check (meal_break_minutes between 0 and 1440),
  paid_break_up_to_minutes bigint not null check (paid_break_up_to_minutes between 0 and 1440),
  unworked_holiday_minutes bigint not null check (unworked_holiday_minutes between 0 and 1440),
  source text not null check (source <> ''),
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, valid_from),
  check (valid_to >= valid_from),
  constraint working_times_do_not_overlap
    exclude using gist (tenant_id with =, daterange(valid_from, valid_to, '[]') with &&) deferrable
);
comment on table timekeeping.working_times is 'Labor Code arts. 83, 85, 86, 94 and what is made under them, by duty date: loaded from files, not changed once in force.';
comment on column timekeeping.working_times.valid_to is 'The last duty date; null: until changed.';
comment on column timekeeping.working_times.regular_minutes is 'Of a duty, before overtime begins.';
comment on column timekeeping.working_times.meal_break_minutes is 'The least that is given.';
comment on column timekeeping.working_times.paid_break_up_to_minutes is 'A break no longer than this is working time.';
comment on column timekeeping.working_times.unworked_holiday_minutes is 'What a guard who qualifies is paid for a regular holiday.';
select platform.guard_table('timekeeping.working_times', 'row');
