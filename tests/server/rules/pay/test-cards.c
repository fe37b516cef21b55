/* Which card prices a day, what a day and a month are worth under it, and the salary of part of a period. */
#include "price-case.h"

/* -- the card of the day ---------------------------------------------------------------------------------------- */

static void
assert_cards (const ArmmsPayCard *cards, gsize n, const char *const *dates, const int *wanted, gsize n_dates)
{
  for (gsize i = 0; i < n_dates; i++)
    {
      const ArmmsPayCard *found = armms_pay_card_find (cards, n, law_date (dates[i]));

      g_assert_true (found == (wanted[i] < 0 ? NULL : &cards[wanted[i]]));
    }
}

static void
test_changes (void)
{
  const ArmmsPayCard daily = pay_card (ARMMS_BASIS_DAILY, 69500, NULL);
  const ArmmsPayCard cards[] = { pay_between (daily, "2026-05-01", "2026-05-07"), pay_between (daily, "2026-05-08", "2026-05-08"),
                                 pay_between (daily, "2026-05-10", "2026-05-15") };
  const char *const dates[] = { "2026-04-30", "2026-05-01", "2026-05-07", "2026-05-08", "2026-05-09", "2026-05-10", "2026-05-15", "2026-05-16" };
  const int wanted[] = { -1, 0, 0, 1, -1, 2, 2, -1 };

  assert_cards (cards, G_N_ELEMENTS (cards), dates, wanted, G_N_ELEMENTS (dates));
}

/* Two open ends: the one that began later replaced the other; a closed one in between gives the day back. */
static void
test_overlaps (void)
{
  const ArmmsPayCard daily = pay_card (ARMMS_BASIS_DAILY, 69500, NULL);
  const ArmmsPayCard cards[] = { pay_between (daily, NULL, NULL), pay_between (daily, "2026-05-05", "2026-05-06"), pay_between (daily, "2026-05-10", NULL) };
  const char *const dates[] = { "2018-01-01", "2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-09", "2026-05-10", "2030-01-01" };
  const int wanted[] = { 0, 0, 1, 1, 0, 0, 2, 2 };

  assert_cards (cards, G_N_ELEMENTS (cards), dates, wanted, G_N_ELEMENTS (dates));
  g_assert_null (armms_pay_card_find (NULL, 0, law_date ("2026-05-04")));
}

/* A period whose first and last day have a card of their own. */
static void
test_first_and_last_day (void)
{
  ArmmsPayCard cards[] = { pay_between (pay_card (ARMMS_BASIS_DAILY, 60000, NULL), NULL, "2026-05-01"),
                           pay_between (pay_card (ARMMS_BASIS_DAILY, 70000, NULL), "2026-05-02", "2026-05-14"),
                           pay_between (pay_card (ARMMS_BASIS_DAILY, 80000, NULL), "2026-05-15", NULL) };
  PayEntry entries[] = { { "2026-05-15", "ordinary", 480 }, { "2026-05-01", "ordinary", 480 }, { "2026-05-14", "ordinary", 480 },
                         { "2026-05-02", "ordinary", 480 } };
  g_auto(Paid) paid = pay_price (cards, 3, entries, G_N_ELEMENTS (entries));

  g_assert_cmpuint (paid.lines->len, ==, 3);
  g_assert_cmpint (paid_line (&paid, 0)->amount.centavos, ==, 80000);
  g_assert_cmpint (paid_line (&paid, 1)->amount.centavos, ==, 60000);
  g_assert_cmpint (paid_line (&paid, 2)->amount.centavos, ==, 140000);
}

/* -- a day and a month ------------------------------------------------------------------------------------------ */

/* Daily x factor / 12, and back. 313: wage board and Handbook figures. */
static const struct {
  const char *factor;
  gint64 daily, monthly;
} factors[] = {
  { "313", 60000, 1565000 }, { "313", 54000, 1408500 }, { "313", 61000, 1591083 }, { "261", 75500, 1642125 }, { "253", 75500, 1591792 },
  { "305", 75500, 1918958 }, { "365", 75500, 2296458 }, { "391.5", 75500, 2463188 }, { "392.5", 75500, 2469479 }, { "393.5", 75500, 2475771 },
  { "393.8", 75500, 2477658 }, { "395", 75500, 2485208 },
};

static void
test_factor (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsPayCard daily = pay_card (ARMMS_BASIS_DAILY, factors[i].daily, NULL);
  ArmmsPayCard monthly = pay_card (ARMMS_BASIS_MONTHLY, factors[i].monthly, factors[i].factor);
  ArmmsMoney money;
  ArmmsRate rate;
  gint64 centavos, minutes;

  g_assert_true (armms_pay_card_monthly (&daily, monthly.factor, &money, NULL));
  g_assert_cmpint (money.centavos, ==, factors[i].monthly);
  g_assert_true (armms_pay_card_daily (&monthly, &money, NULL));
  g_assert_cmpint (money.centavos, ==, factors[i].daily);
  g_assert_true (armms_pay_card_monthly (&monthly, (ArmmsMultiplier) { 1 }, &money, NULL));
  g_assert_cmpint (money.centavos, ==, factors[i].monthly);
  /* The price of a minute is the exact fraction. */
  g_assert_true (armms_pay_card_rate (&monthly, &rate, NULL));
  pay_rate_by_hand (&monthly, &centavos, &minutes);
  g_assert_true ((__int128) rate.centavos * minutes == (__int128) centavos * rate.minutes);
}

static void
test_bases (void)
{
  ArmmsPayCard hourly = pay_card (ARMMS_BASIS_HOURLY, 7501, NULL), daily = pay_card (ARMMS_BASIS_DAILY, 60001, NULL);
  ArmmsRateBasis basis;
  ArmmsMoney money;
  ArmmsRate rate;

  g_assert_true (armms_pay_card_rate (&hourly, &rate, NULL));
  g_assert_true (rate.centavos == 7501 && rate.minutes == 60);
  g_assert_true (armms_pay_card_rate (&daily, &rate, NULL));
  g_assert_true (rate.centavos == 60001 && rate.minutes == 480);
  g_assert_true (armms_pay_card_daily (&hourly, &money, NULL));
  g_assert_cmpint (money.centavos, ==, 60008);
  g_assert_true (armms_pay_card_monthly (&hourly, (ArmmsMultiplier) { 313000000 }, &money, NULL));
  g_assert_cmpint (money.centavos, ==, 1565209); /* 600.08 x 313 / 12 = 15652.0867 */
  for (guint i = ARMMS_BASIS_HOURLY; i <= ARMMS_BASIS_MONTHLY; i++)
    {
      g_assert_true (armms_rate_basis_parse (armms_rate_basis_name ((ArmmsRateBasis) i), &basis));
      g_assert_cmpint (basis, ==, i);
    }
  g_assert_false (armms_rate_basis_parse ("weekly", &basis));
  g_assert_false (armms_rate_basis_parse (NULL, &basis));
}

static const struct {
  const char *name;
  ArmmsRateBasis basis;
  gint64 centavos, factor;
  const char *code;
} refusals[] = {
  { "nothing", ARMMS_BASIS_DAILY, 0, 0, "rate_card.amount" },
  { "less than nothing", ARMMS_BASIS_HOURLY, -1, 0, "rate_card.amount" },
  { "a month for nothing", ARMMS_BASIS_MONTHLY, 0, 313000000, "rate_card.amount" },
  { "a month without factor", ARMMS_BASIS_MONTHLY, 100, 0, "rate_card.factor" },
  { "a month with a negative factor", ARMMS_BASIS_MONTHLY, 100, -1, "rate_card.factor" },
  { "more than a month can be", ARMMS_BASIS_MONTHLY, G_MAXINT64 / 12 + 1, 313000000, "money.overflow" },
  { "a year without end", ARMMS_BASIS_MONTHLY, 100, G_MAXINT64 - 6, "money.overflow" },
};

/* What cannot be a card is refused, and what was there before stays as it is. */
static void
test_refusal (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsPayCard card = pay_card (refusals[i].basis, refusals[i].centavos, NULL);
  const ArmmsDate date = law_date ("2026-05-04");
  const gint64 cells[] = { 0 }, minutes[] = { 480 };
  g_auto(Paid) paid = paid_new ();
  g_autoptr(GError) of_rate = NULL;
  g_autoptr(GError) of_price = NULL;
  ArmmsRate rate = { 7, 7 };
  ArmmsMoney money = { 7 };

  card.factor.millionths = refusals[i].factor;
  g_assert_false (armms_pay_card_rate (&card, &rate, &of_rate));
  g_assert_cmpstr (armms_error_get_code (of_rate), ==, refusals[i].code);
  g_assert_true (rate.centavos == 7 && rate.minutes == 7);
  g_assert_false (armms_pay_card_daily (&card, &money, NULL));
  g_assert_cmpint (money.centavos, ==, 7);
  g_assert_false (armms_pay_price (&card, 1, &law_tables ()->premiums, &date, cells, minutes, 1, paid.lines, paid.problems, &of_price));
  g_assert_cmpstr (armms_error_get_code (of_price), ==, refusals[i].code);
  g_assert_cmpuint (paid.lines->len + paid.problems->len, ==, 0);
}

/* How long a day of work is comes from the law: a day's pay is for that long, an hour's is an hour's. */
static void
test_day_minutes (void)
{
  static const struct { ArmmsRateBasis basis; const char *factor; gint64 centavos, minutes; gint32 day_minutes; gint64 daily; } days[] = {
    { ARMMS_BASIS_DAILY, NULL, 80000, 480, 480, 80000 },
    { ARMMS_BASIS_DAILY, NULL, 80000, 420, 420, 80000 },
    { ARMMS_BASIS_HOURLY, NULL, 10000, 60, 480, 80000 },
    { ARMMS_BASIS_HOURLY, NULL, 10000, 60, 420, 70000 },
    { ARMMS_BASIS_MONTHLY, "300", 2000000, 480, 480, 80000 },
    { ARMMS_BASIS_MONTHLY, "300", 2000000, 420, 420, 80000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      ArmmsPayCard card = pay_card (days[i].basis, days[i].centavos, days[i].factor);
      ArmmsRate rate;
      ArmmsMoney daily;

      card.day_minutes = days[i].day_minutes;
      g_assert_true (armms_pay_card_rate (&card, &rate, NULL));
      g_assert_cmpint (days[i].minutes % rate.minutes, ==, 0);
      g_assert_true (armms_pay_card_daily (&card, &daily, NULL));
      g_assert_cmpint (daily.centavos, ==, days[i].daily);
    }
}

static void
test_no_day (void)
{
  static const gint32 lengths[] = { 0, -480 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      ArmmsPayCard card = pay_card (ARMMS_BASIS_HOURLY, 10000, NULL);
      ArmmsRate rate = { 7, 7 };
      g_autoptr(GError) error = NULL;

      card.day_minutes = lengths[i];
      g_assert_false (armms_pay_card_rate (&card, &rate, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "rate_card.day_minutes");
      g_assert_true (rate.centavos == 7 && rate.minutes == 7);
    }
}

static void
test_no_month (void)
{
  ArmmsPayCard nothing = pay_card (ARMMS_BASIS_MONTHLY, 0, "313"), none = pay_card (ARMMS_BASIS_DAILY, 0, NULL);
  ArmmsPayCard huge = pay_card (ARMMS_BASIS_HOURLY, G_MAXINT64 / 4, NULL);
  ArmmsMultiplier factor = { 313000000 };
  g_autoptr(GError) error = NULL;
  ArmmsMoney money;

  g_assert_false (armms_pay_card_monthly (&nothing, factor, &money, NULL));
  g_assert_false (armms_pay_card_monthly (&none, factor, &money, NULL));
  g_assert_false (armms_pay_card_monthly (&huge, factor, &money, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
}

/* -- the salary of a period ------------------------------------------------------------------------------------- */

static Paid
salary (const ArmmsPayCard *cards, gsize n, const char *from, const char *to, const char *hired, const char *left, gint32 periods)
{
  ArmmsPeriod period = { law_date (from), law_date (to) };
  Paid paid = paid_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (armms_pay_salary (cards, n, period, periods, law_date (hired), law_date (left), paid.lines, paid.problems, &error));
  g_assert_no_error (error);
  return paid;
}

/* 26,100.00 a month: 13,050.00 a half-month, by its calendar days where he was not there for all of it. */
static const struct {
  const char *name, *from, *to, *hired, *left;
  gint32 periods, days, period_days;
  gint64 centavos;
} parts[] = {
  { "first half", "2026-05-01", "2026-05-15", NULL, NULL, 24, 15, 15, 1305000 },
  { "second half of 28 days", "2026-02-16", "2026-02-28", NULL, NULL, 24, 13, 13, 1305000 },
  { "second half of 29 days", "2028-02-16", "2028-02-29", NULL, NULL, 24, 14, 14, 1305000 },
  { "second half of 30 days", "2026-04-16", "2026-04-30", NULL, NULL, 24, 15, 15, 1305000 },
  { "second half of 31 days", "2026-05-16", "2026-05-31", NULL, NULL, 24, 16, 16, 1305000 },
  { "a whole month", "2026-02-01", "2026-02-28", NULL, NULL, 12, 28, 28, 2610000 },
  { "a week", "2026-05-04", "2026-05-10", NULL, NULL, 52, 7, 7, 602308 },
  { "two weeks", "2026-05-04", "2026-05-17", NULL, NULL, 26, 14, 14, 1204615 },
  { "hired on the first day", "2026-05-01", "2026-05-15", "2026-05-01", NULL, 24, 15, 15, 1305000 },
  { "hired on the second day", "2026-05-01", "2026-05-15", "2026-05-02", NULL, 24, 14, 15, 1218000 },
  { "hired on the 15th", "2026-05-01", "2026-05-15", "2026-05-15", NULL, 24, 1, 15, 87000 },
  { "hired on the 16th", "2026-05-01", "2026-05-15", "2026-05-16", NULL, 24, 0, 15, 0 },
  { "left on the last day", "2026-05-16", "2026-05-31", NULL, "2026-05-31", 24, 16, 16, 1305000 },
  { "left on the 30th of 31", "2026-05-16", "2026-05-31", NULL, "2026-05-30", 24, 15, 16, 1223438 }, /* 12,234.375 */
  { "left on the first day", "2026-05-16", "2026-05-31", NULL, "2026-05-16", 24, 1, 16, 81563 },
  { "left the day before", "2026-05-16", "2026-05-31", NULL, "2026-05-15", 24, 0, 16, 0 },
  { "hired and left inside", "2026-02-16", "2026-02-28", "2026-02-20", "2026-02-22", 24, 3, 13, 301154 },
  { "one day only", "2028-02-16", "2028-02-29", "2028-02-29", "2028-02-29", 24, 1, 14, 93214 },
  { "there before and after", "2026-05-01", "2026-05-15", "2020-01-01", "2026-05-16", 24, 15, 15, 1305000 },
  { "left before he was hired", "2026-05-01", "2026-05-15", "2026-05-10", "2026-05-09", 24, 0, 15, 0 },
};

static void
test_part (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsPayCard card = pay_salary_card (2610000, "261", FALSE, TRUE);
  g_auto(Paid) paid = salary (&card, 1, parts[i].from, parts[i].to, parts[i].hired, parts[i].left, parts[i].periods);

  g_assert_cmpuint (paid.problems->len, ==, 0);
  g_assert_cmpuint (paid.lines->len, ==, parts[i].days > 0 ? 1 : 0);
  g_assert_cmpint (paid_total (&paid), ==, parts[i].centavos);
  if (parts[i].days == 0)
    return;
  g_assert_cmpint (paid_line (&paid, 0)->days, ==, parts[i].days);
  g_assert_cmpint (paid_line (&paid, 0)->period_days, ==, parts[i].period_days);
  g_assert_cmpint (paid_line (&paid, 0)->basic.centavos, ==, parts[i].centavos);
  g_assert_cmpint (parts[i].centavos, ==,
                   pay_half_away ((__int128) 2610000 * 12 * parts[i].days, (__int128) parts[i].periods * parts[i].period_days));
}

/* Wherever a period is cut, the parts are off the whole by half a centavo each at most. */
static void
test_parts_and_whole (void)
{
  for (guint month = 1; month <= 12; month++)
    for (gint day = 1; day <= 15; day++)
      {
        ArmmsDate first = armms_date_from_ymd (2026, (int) month, 16);
        ArmmsDate end = armms_date_from_ymd (2026, (int) month, armms_date_days_in_month (2026, (int) month));
        gint64 monthly = g_test_rand_int_range (1500000, 9000000);
        ArmmsPayCard cards[2] = { pay_salary_card (monthly, "313", FALSE, TRUE), pay_salary_card (monthly, "313", FALSE, TRUE) };
        g_auto(Paid) paid = paid_new ();
        ArmmsPeriod period = { first, end };
        gint64 whole = pay_half_away ((__int128) monthly * 12, 24);

        cards[0].to = armms_date_add_days (first, day - 1);
        cards[1].from = armms_date_add_days (first, day);
        g_assert_true (armms_pay_salary (cards, 2, period, 24, ARMMS_DATE_NONE, ARMMS_DATE_NONE, paid.lines, paid.problems, NULL));
        g_assert_cmpuint (paid.lines->len, ==, cards[1].from.days <= end.days ? 2 : 1);
        g_assert_cmpint (ABS (paid_total (&paid) - whole), <=, paid.lines->len > 1 ? 1 : 0);
      }
}

/* A raise inside the period, and a day that two cards claim: it is paid once, by the card that began later. */
static void
test_salary_overlaps (void)
{
  ArmmsPayCard cards[] = { pay_salary_card (3000000, "313", FALSE, TRUE), pay_between (pay_salary_card (3300000, "313", FALSE, TRUE), "2026-05-11", NULL) };
  g_auto(Paid) paid = salary (cards, 2, "2026-05-01", "2026-05-15", NULL, NULL, 24);

  g_assert_cmpuint (paid.lines->len, ==, 2);
  g_assert_cmpint (paid_line (&paid, 0)->amount.centavos, ==, 1000000);
  g_assert_cmpint (paid_line (&paid, 1)->amount.centavos, ==, 550000);
}

/* A gap is named with its days; a guard paid by the minute has no salary, and no gap in one. */
static void
test_salary_gaps (void)
{
  ArmmsPayCard cards[] = { pay_between (pay_salary_card (3000000, "313", FALSE, TRUE), "2026-05-03", "2026-05-05"),
                           pay_between (pay_salary_card (3000000, "313", FALSE, TRUE), "2026-05-07", "2026-05-13") };
  ArmmsPayCard daily = pay_between (pay_card (ARMMS_BASIS_DAILY, 69500, NULL), "2026-05-03", NULL);
  g_auto(Paid) paid = salary (cards, 2, "2026-05-01", "2026-05-15", NULL, NULL, 24);
  g_auto(Paid) by_day = salary (&daily, 1, "2026-05-01", "2026-05-15", NULL, NULL, 24);
  g_auto(Paid) none = salary (NULL, 0, "2026-05-01", "2026-05-15", NULL, NULL, 24);

  g_assert_cmpuint (paid.lines->len, ==, 2);
  g_assert_cmpuint (paid.problems->len, ==, 1);
  g_assert_cmpstr (paid_problem (&paid, 0)->code, ==, "rate_card.missing");
  g_assert_cmpint (paid_problem (&paid, 0)->from.days, ==, law_date ("2026-05-01").days);
  g_assert_cmpint (paid_problem (&paid, 0)->to.days, ==, law_date ("2026-05-15").days);
  g_assert_cmpint (paid_problem (&paid, 0)->count, ==, 2 + 1 + 2);
  g_assert_cmpuint (by_day.lines->len + by_day.problems->len + none.lines->len + none.problems->len, ==, 0);
}

/* From daily pay to a salary inside the period: the days before are priced by the minute. */
static void
test_salary_begins (void)
{
  ArmmsPayCard cards[] = { pay_between (pay_card (ARMMS_BASIS_DAILY, 69500, NULL), NULL, "2026-05-10"),
                           pay_between (pay_salary_card (3000000, "313", FALSE, TRUE), "2026-05-11", NULL) };
  PayEntry entries[] = { { "2026-05-09", "ordinary", 480 }, { "2026-05-12", "ordinary", 480 } };
  g_auto(Paid) minutes = pay_price (cards, 2, entries, 2);
  g_auto(Paid) paid = salary (cards, 2, "2026-05-01", "2026-05-15", NULL, NULL, 24);

  g_assert_cmpint (paid_total (&minutes), ==, 69500);
  g_assert_cmpint (paid_total (&paid), ==, 500000);
}

static void
test_salary_refusals (void)
{
  ArmmsPayCard cards[] = { pay_between (pay_salary_card (3000000, "313", FALSE, TRUE), "2026-05-02", "2026-05-08"),
                           pay_between (pay_salary_card (G_MAXINT64, "313", FALSE, TRUE), "2026-05-09", NULL) };
  ArmmsPeriod period = { law_date ("2026-05-01"), law_date ("2026-05-15") };
  g_auto(Paid) paid = paid_new ();
  g_autoptr(GError) overflow = NULL;
  g_autoptr(GError) nothing = NULL;

  /* A whole year's salary in one period: the product is 12 times too large. */
  g_assert_false (armms_pay_salary (cards, 2, period, 1, ARMMS_DATE_NONE, ARMMS_DATE_NONE, paid.lines, paid.problems, &overflow));
  g_assert_cmpstr (armms_error_get_code (overflow), ==, "money.overflow");
  g_assert_cmpuint (paid.lines->len + paid.problems->len, ==, 0);
  cards[1].amount = ARMMS_MONEY (-1);
  g_assert_false (armms_pay_salary (cards, 2, period, 24, ARMMS_DATE_NONE, ARMMS_DATE_NONE, paid.lines, paid.problems, &nothing));
  g_assert_cmpstr (armms_error_get_code (nothing), ==, "rate_card.amount");
  g_assert_cmpuint (paid.lines->len + paid.problems->len, ==, 0);
}

static void
test_salary_bad_period (void)
{
  if (g_test_subprocess ())
    {
      ArmmsPeriod backwards = { law_date ("2026-05-15"), law_date ("2026-05-01") };
      g_auto(Paid) paid = paid_new ();

      if (armms_pay_salary (NULL, 0, backwards, 24, ARMMS_DATE_NONE, ARMMS_DATE_NONE, paid.lines, paid.problems, NULL))
        return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*period_days > 0*");
}

static void
test_shortfall (void)
{
  ArmmsEarningLine lines[] = { { .kind = ARMMS_EARNING_ABSENCE, .amount = { -500 } }, { .kind = ARMMS_EARNING_CELL, .amount = { 900 } },
                               { .kind = ARMMS_EARNING_SALARY, .amount = { 400 } }, { .kind = ARMMS_EARNING_COLA, .amount = { 50 } } };
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine));
  g_autoptr(GError) error = NULL;
  ArmmsMoney shortfall;

  g_array_append_vals (all, lines, G_N_ELEMENTS (lines));
  g_assert_true (armms_pay_salary_shortfall (all, 0, &shortfall, NULL));
  g_assert_cmpint (shortfall.centavos, ==, 100);
  g_assert_true (armms_pay_salary_shortfall (all, 1, &shortfall, NULL));
  g_assert_cmpint (shortfall.centavos, ==, 0);
  g_array_index (all, ArmmsEarningLine, 2).amount.centavos = 500;
  g_assert_true (armms_pay_salary_shortfall (all, 0, &shortfall, NULL));
  g_assert_cmpint (shortfall.centavos, ==, 0);
  g_array_index (all, ArmmsEarningLine, 2).amount.centavos = G_MININT64;
  g_assert_false (armms_pay_salary_shortfall (all, 0, &shortfall, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
}

static void
add (const char *what, const char *name, guint i, GTestDataFunc test)
{
  g_autofree char *words = g_strdelimit (g_strdup (name), " ", '-');
  g_autofree char *path = g_strdup_printf ("/rules/pay/%s/%s-%u", what, words, i);

  g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pay/cards/changes-and-gaps", test_changes);
  g_test_add_func ("/rules/pay/cards/overlapping-open-ends", test_overlaps);
  g_test_add_func ("/rules/pay/cards/on-the-first-and-last-day", test_first_and_last_day);
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    add ("cards/factor", factors[i].factor, i, test_factor);
  g_test_add_func ("/rules/pay/cards/every-basis", test_bases);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    add ("cards/refused", refusals[i].name, i, test_refusal);
  g_test_add_func ("/rules/pay/cards/refused/as-a-month", test_no_month);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add ("salary", parts[i].name, i, test_part);
  g_test_add_func ("/rules/pay/salary/parts-and-whole", test_parts_and_whole);
  g_test_add_func ("/rules/pay/salary/a-day-is-paid-once", test_salary_overlaps);
  g_test_add_func ("/rules/pay/salary/a-gap-is-named", test_salary_gaps);
  g_test_add_func ("/rules/pay/salary/begins-inside", test_salary_begins);
  g_test_add_func ("/rules/pay/salary/refused", test_salary_refusals);
  g_test_add_func ("/rules/pay/salary/no-period", test_salary_bad_period);
  g_test_add_func ("/rules/pay/salary/shortfall", test_shortfall);
  g_test_add_func ("/pay/cards/a-day-is-as-long-as-the-law-says", test_day_minutes);
  g_test_add_func ("/pay/cards/a-card-without-a-day-is-refused", test_no_day);
  return g_test_run ();
}
