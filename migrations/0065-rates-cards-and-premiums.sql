-- 0065  rates: what a post is worth and what kinds of day pay, by date
--
-- Why    pay is priced by the rate card in force on the duty date; two for one post on one day would be two prices.
-- Locks  none: all new.

create table finance_rates.rate_cards (
  tenant_id uuid not null default platform.current_tenant_id(),
  rate_card_id uuid not null,
  detachment_id uuid not null,
  shift_id uuid not null,
  position_id uuid not null,
  basis text not null check (basis in ('hourly', 'daily', 'monthly')),
  amount_centavos bigint not null check (amount_centavos > 0),
  factor bigint not null default 0 check (factor >= 0),
  salaried boolean not null default false,
  covers_rest_days boolean not null default false,
  covers_special_days boolean not null default false,
  valid_from date not null,
  valid_to date,
  reason text not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, rate_card_id),
  check (valid_to >= valid_from),
  check ((basis = 'monthly') = (factor > 0)),
  check (basis = 'monthly' or not salaried),
  constraint rate_cards_do_not_overlap
    exclude using gist (tenant_id with =, detachment_id with =, shift_id with =, position_id with =, daterange(valid_from, valid_to, '[]') with &&) deferrable
);
create index rate_cards_by_post on finance_rates.rate_cards (tenant_id, detachment_id, shift_id, position_id, valid_from);
comment on table finance_rates.rate_cards is 'The approved price of a post: detachment x shift x position, from a day to a day.';
comment on column finance_rates.rate_cards.factor is 'Monthly: days paid in a year, in millionths (393.5 = 393500000); else 0.';
comment on column finance_rates.rate_cards.salaried is 'Monthly: the salary is paid whole, less absences; else by the minute.';
comment on column finance_rates.rate_cards.valid_to is 'The last day; null: until changed.';
comment on column finance_rates.rate_cards.covers_rest_days is 'Salaried: rest days are in the factor, so that work on them adds only the part above 1.00.';
select platform.guard_table('finance_rates.rate_cards', 'row', 'detachment_id');

create table finance_rates.premiums (
  tenant_id uuid not null default platform.current_tenant_id(),
  premium_id uuid not null,
  row_no bigint not null,
  day_type text not null check (day_type in ('ordinary', 'special', 'double_special', 'regular', 'double_regular')),
  rest_day boolean not null,
  unworked bigint not null check (unworked >= 0),
  first8 bigint not null check (first8 >= 0),
  overtime bigint not null check (overtime >= 0),
  first8_night bigint not null check (first8_night >= 0),
  overtime_night bigint not null check (overtime_night >= 0),
  valid_from date,
  valid_to date,
  source text not null,
  reviewed_on date,
  created_at timestamptz not null default now(),
  created_by uuid default platform.current_user_id(),
  updated_at timestamptz not null default now(),
  updated_by uuid default platform.current_user_id(),
  primary key (tenant_id, premium_id),
  check (valid_to >= valid_from),
  constraint premiums_do_not_overlap
    exclude using gist (tenant_id with =, day_type with =, (rest_day::int) with =, daterange(valid_from, valid_to, '[]') with &&) deferrable
);
comment on table finance_rates.premiums is 'What each kind of day pays, in millionths of the hourly rate: 1.859 = 1859000.';
comment on column finance_rates.premiums.unworked is 'Of a day''s pay, when not worked and the employee qualifies.';
select platform.guard_table('finance_rates.premiums', 'row');

select platform.make_outbox('finance_rates');
