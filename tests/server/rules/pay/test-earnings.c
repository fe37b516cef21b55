/* From minutes to earnings. */
#include "../law-case.h"

#include "server/rules/pay/earnings.h"

typedef struct {
  const char *date;
  const char *cell;
  gint64 minutes;
} Entry;

typedef struct {
  GArray *lines, *problems;
} Priced;

static void
priced_clear (Priced *priced)
{
  g_clear_pointer (&priced->lines, g_array_unref);
  g_clear_pointer (&priced->problems, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Priced, priced_clear)

static Priced
price (const ArmmsPayCard *cards, gsize n_cards, const Entry *entries, gsize n)
{
  Priced priced = { g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine)), g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem)) };
  g_autofree ArmmsDate *dates = g_new (ArmmsDate, n);
  g_autofree gint64 *cells = g_new (gint64, n);
  g_autofree gint64 *minutes = g_new (gint64, n);
  g_autoptr(GError) error = NULL;
  gboolean ok;

  for (gsize i = 0; i < n; i++)
    {
      dates[i] = law_date (entries[i].date);
      cells[i] = law_cell (entries[i].cell);
      minutes[i] = entries[i].minutes;
    }
  ok = armms_pay_price (cards, n_cards, &law_tables ()->premiums, dates, cells, minutes, n, priced.lines, priced.problems, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return priced;
}

static ArmmsPayCard
daily (gint64 centavos)
{
  return (ArmmsPayCard) { .basis = ARMMS_BASIS_DAILY, .day_minutes = 480, .amount = { centavos }, .from = law_date ("2026-01-01"), .to = ARMMS_DATE_NONE };
}

static const ArmmsEarningLine *
line_at (const Priced *priced, guint i)
{
  g_assert_cmpuint (i, <, priced->lines->len);
  return &g_array_index (priced->lines, ArmmsEarningLine, i);
}

/* Published figures and both sides of half a centavo. */
static const struct {
  const char *name;
  gint64 daily;
  const char *cell;
  gint64 minutes, amount;
} lines[] = {
  { "eight hours are a day's pay", 69500, "ordinary", 480, 69500 },
  { "four hours of overtime by day", 69500, "ordinary_ot", 240, 43438 },
  { "four hours of overtime by night", 75500, "ordinary_ot_nd", 240, 51906 },
  { "a holiday doubles", 80000, "regular", 480, 160000 },
  { "overtime of a holiday", 80000, "regular_ot", 120, 52000 },
  { "the hourly rate is not rounded first", 75501, "ordinary", 60, 9438 },
  { "half a centavo goes up", 62500, "ordinary", 3, 391 },       /* 390.625 */
  { "below half goes down", 53700, "ordinary_ot", 1, 140 },      /* 139.84 */
  { "one minute", 48000, "ordinary", 1, 100 },
  { "a holiday not worked", 75500, "regular_unworked", 480, 75500 },
  { "a double holiday not worked", 75500, "double_regular_unworked", 480, 151000 },
  { "paid leave", 75500, "leave_paid", 480, 75500 },
};

static void
test_line (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsPayCard card = daily (lines[i].daily);
  Entry entry = { "2026-05-04", lines[i].cell, lines[i].minutes };
  g_auto(Priced) priced = price (&card, 1, &entry, 1);

  g_assert_cmpuint (priced.lines->len, ==, 1);
  g_assert_cmpuint (priced.problems->len, ==, 0);
  g_assert_cmpint (line_at (&priced, 0)->amount.centavos, ==, lines[i].amount);
}

/* The half-centavo is rounded once for the cell of the whole period, not once a day. */
static void
test_rounded_once (void)
{
  ArmmsPayCard card = daily (69500);
  Entry entries[] = { { "2026-05-04", "ordinary_ot", 240 }, { "2026-05-05", "ordinary_ot", 240 }, { "2026-05-06", "ordinary", 480 } };
  g_auto(Priced) priced = price (&card, 1, entries, G_N_ELEMENTS (entries));

  g_assert_cmpuint (priced.lines->len, ==, 2);
  g_assert_cmpint (line_at (&priced, 0)->minutes, ==, 480);
  g_assert_cmpint (line_at (&priced, 0)->amount.centavos, ==, 86875); /* 2 x 434.375: twice rounded it would be 868.76 */
  g_assert_cmpint (line_at (&priced, 0)->basic.centavos, ==, 0);
  g_assert_cmpint (line_at (&priced, 1)->basic.centavos, ==, 69500);
}

/* A card that changes inside the period splits the line; the day decides. */
static void
test_card_changes (void)
{
  ArmmsPayCard cards[] = { daily (69500), daily (75500) };
  Entry entries[] = { { "2026-05-08", "ordinary", 480 }, { "2026-05-09", "ordinary", 480 }, { "2026-05-10", "ordinary", 480 } };
  g_auto(Priced) priced = { 0 };

  cards[0].to = law_date ("2026-05-08");
  cards[1].from = law_date ("2026-05-09");
  priced = price (cards, 2, entries, G_N_ELEMENTS (entries));
  g_assert_cmpuint (priced.lines->len, ==, 2);
  g_assert_cmpint (line_at (&priced, 0)->amount.centavos, ==, 69500);
  g_assert_cmpint (line_at (&priced, 1)->amount.centavos, ==, 151000);
  g_assert_true (line_at (&priced, 1)->card == &cards[1]);
}

static void
test_missing_card (void)
{
  ArmmsPayCard card = daily (69500);
  Entry entries[] = { { "2026-05-01", "ordinary", 480 }, { "2026-05-03", "ordinary_ot", 240 }, { "2026-05-05", "ordinary", 480 } };
  g_auto(Priced) priced = { 0 };
  const ArmmsPayProblem *problem;

  card.from = law_date ("2026-05-05");
  priced = price (&card, 1, entries, G_N_ELEMENTS (entries));
  g_assert_cmpuint (priced.lines->len, ==, 1);
  g_assert_cmpuint (priced.problems->len, ==, 1);
  problem = &g_array_index (priced.problems, ArmmsPayProblem, 0);
  g_assert_cmpstr (problem->code, ==, "rate_card.missing");
  g_assert_cmpint (problem->from.days, ==, law_date ("2026-05-01").days);
  g_assert_cmpint (problem->to.days, ==, law_date ("2026-05-03").days);
  g_assert_cmpint (problem->count, ==, 2);
}

static void
test_bad_entries (void)
{
  ArmmsPayCard card = daily (69500);
  ArmmsDate dates[] = { law_date ("2026-05-04"), law_date ("2026-05-04"), law_date ("2026-05-04"), law_date ("2026-05-04") };
  const gint64 cells[] = { ARMMS_N_CELLS, -1, 0, 0 };
  const gint64 minutes[] = { 60, 60, 1441, -1 };
  g_auto(Priced) priced = { g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine)), g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem)) };

  g_assert_true (armms_pay_price (&card, 1, &law_tables ()->premiums, dates, cells, minutes, 4, priced.lines, priced.problems, NULL));
  g_assert_cmpuint (priced.lines->len, ==, 0);
  g_assert_cmpuint (priced.problems->len, ==, 2);
  g_assert_cmpstr (g_array_index (priced.problems, ArmmsPayProblem, 0).code, ==, "cell.unknown");
  g_assert_cmpstr (g_array_index (priced.problems, ArmmsPayProblem, 1).code, ==, "minutes.out_of_range");
}

/* A daily-paid guard is paid for nothing when he is not there, and nothing is taken from him. */
static void
test_absence_of_daily (void)
{
  ArmmsPayCard card = daily (69500);
  Entry entries[] = { { "2026-05-04", "absent", 720 }, { "2026-05-05", "late", 15 }, { "2026-05-06", "leave_unpaid", 480 } };
  g_auto(Priced) priced = price (&card, 1, entries, G_N_ELEMENTS (entries));

  g_assert_cmpuint (priced.lines->len, ==, 0);
  g_assert_cmpuint (priced.problems->len, ==, 0);
}

/* -- salaries -- */

static ArmmsPayCard
salary (gint64 centavos)
{
  return (ArmmsPayCard) {
    .basis = ARMMS_BASIS_MONTHLY, .day_minutes = 480, .amount = { centavos }, .factor = { 261000000 }, .salaried = TRUE, .covers_special_days = TRUE,
    .from = law_date ("2026-01-01"), .to = ARMMS_DATE_NONE,
  };
}

static void
add_salary (Priced *priced, const ArmmsPayCard *cards, gsize n, const char *employed_from, const char *employed_to)
{
  ArmmsPeriod period = { law_date ("2026-05-01"), law_date ("2026-05-15") };

  g_assert_true (armms_pay_salary (cards, n, period, 24, law_date (employed_from), law_date (employed_to), priced->lines, priced->problems, NULL));
}

static void
test_salary (void)
{
  ArmmsPayCard card = salary (2610000);
  Entry entries[] = {
    { "2026-05-04", "ordinary", 480 },      /* inside the salary */
    { "2026-05-04", "ordinary_ot", 60 },    /* 150.00 an hour x 1.25 */
    { "2026-05-01", "regular_unworked", 480 }, /* inside the salary */
    { "2026-05-01", "regular", 480 },       /* worked: the part above 1.00 */
    { "2026-05-09", "ordinary_rest", 480 }, /* not in the factor: 1.30 whole */
    { "2026-05-05", "leave_paid", 480 },
    { "2026-05-06", "absent", 480 },        /* a day: 26,100 x 12 / 261 */
    { "2026-05-07", "late", 30 },
    { "2026-05-08", "undertime", 30 },
  };
  g_auto(Priced) priced = price (&card, 1, entries, G_N_ELEMENTS (entries));
  ArmmsEarningTotals totals;
  ArmmsMoney shortfall;

  g_assert_cmpuint (priced.lines->len, ==, 6);
  g_assert_cmpint (line_at (&priced, 0)->amount.centavos, ==, 18750);
  g_assert_cmpint (line_at (&priced, 1)->amount.centavos, ==, 120000);
  g_assert_cmpint (line_at (&priced, 2)->amount.centavos, ==, 156000);
  g_assert_cmpint (line_at (&priced, 3)->amount.centavos, ==, -120000);
  g_assert_cmpint (line_at (&priced, 4)->amount.centavos, ==, -7500);
  g_assert_cmpint (line_at (&priced, 5)->amount.centavos, ==, -7500);
  add_salary (&priced, &card, 1, NULL, NULL);
  g_assert_cmpint (line_at (&priced, 6)->amount.centavos, ==, 1305000);
  g_assert_true (armms_pay_salary_shortfall (priced.lines, 0, &shortfall, NULL));
  g_assert_cmpint (shortfall.centavos, ==, 0);
  g_assert_true (armms_earnings_sum (priced.lines, 0, &totals, NULL));
  g_assert_cmpint (totals.gross.centavos, ==, 1305000 + 18750 + 120000 + 156000 - 135000);
  /* The rest day's own 1.00 is basic pay, its premium is not. */
  g_assert_cmpint (totals.basic.centavos, ==, 1305000 + 120000 - 135000);
}

static void
test_salary_parts (void)
{
  ArmmsPayCard cards[] = { salary (3000000), salary (3300000) };
  g_auto(Priced) priced = { g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine)), g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem)) };

  cards[0].to = law_date ("2026-05-10");
  cards[1].from = law_date ("2026-05-11");
  add_salary (&priced, cards, 2, "2026-05-06", "2026-05-14");
  g_assert_cmpuint (priced.lines->len, ==, 2);
  g_assert_cmpint (line_at (&priced, 0)->amount.centavos, ==, 500000); /* 5 of 15 days of 15,000 */
  g_assert_cmpint (line_at (&priced, 1)->amount.centavos, ==, 440000); /* 4 of 15 days of 16,500 */
  g_assert_cmpuint (priced.problems->len, ==, 0);
  cards[1].from = law_date ("2026-05-13");
  add_salary (&priced, cards, 2, NULL, NULL);
  g_assert_cmpuint (priced.problems->len, ==, 1);
  g_assert_cmpint (g_array_index (priced.problems, ArmmsPayProblem, 0).count, ==, 2);
}

static void
test_salary_never_below_nothing (void)
{
  ArmmsPayCard card = salary (2610000);
  Entry entries[] = { { "2026-05-04", "absent", 1440 }, { "2026-05-05", "absent", 1440 }, { "2026-05-06", "absent", 1440 },
                      { "2026-05-07", "absent", 1440 }, { "2026-05-08", "absent", 1440 } };
  g_auto(Priced) priced = price (&card, 1, entries, G_N_ELEMENTS (entries));
  ArmmsMoney shortfall;

  add_salary (&priced, &card, 1, NULL, NULL);
  g_assert_true (armms_pay_salary_shortfall (priced.lines, 0, &shortfall, NULL));
  g_assert_cmpint (shortfall.centavos, ==, 15 * 120000 - 1305000);
}

/* -- rates -- */

static void
test_rates (void)
{
  ArmmsPayCard card = daily (75500);
  ArmmsMultiplier factor = { 313000000 };
  ArmmsRate rate;
  ArmmsMoney money;

  g_assert_true (armms_pay_card_rate (&card, &rate, NULL));
  g_assert_cmpint (rate.centavos * 480, ==, 75500 * rate.minutes);
  card.amount = ARMMS_MONEY (60000);
  g_assert_true (armms_pay_card_monthly (&card, factor, &money, NULL));
  g_assert_cmpint (money.centavos, ==, 1565000);
  card.basis = ARMMS_BASIS_HOURLY;
  card.amount = ARMMS_MONEY (7500);
  g_assert_true (armms_pay_card_daily (&card, &money, NULL));
  g_assert_cmpint (money.centavos, ==, 60000);
  g_assert_true (armms_pay_card_monthly (&card, factor, &money, NULL));
  g_assert_cmpint (money.centavos, ==, 1565000);
  card.basis = ARMMS_BASIS_MONTHLY;
  card.amount = ARMMS_MONEY (2475771); /* 755.00 x 393.5 / 12, rounded */
  card.factor = (ArmmsMultiplier) { 393500000 };
  g_assert_true (armms_pay_card_daily (&card, &money, NULL));
  g_assert_cmpint (money.centavos, ==, 75500);
  card.factor = (ArmmsMultiplier) { 0 };
  g_assert_false (armms_pay_card_rate (&card, &rate, NULL));
}

/* -- properties -- */

/* Grouped or apart, in any order: minutes are kept, and no line is further from its exact amount than half a centavo. */
static void
test_any_order (void)
{
  for (guint round = 0; round < 200; round++)
    {
      ArmmsPayCard card = daily (g_test_rand_int_range (30000, 200000));
      enum { N = 40 };
      ArmmsDate dates[N];
      gint64 cells[N], minutes[N];
      g_auto(Priced) one = { g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine)), g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem)) };
      g_auto(Priced) two = { g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine)), g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem)) };
      ArmmsEarningTotals first, second;
      gint64 sum = 0;

      for (guint i = 0; i < N; i++)
        {
          dates[i] = armms_date_add_days (law_date ("2026-05-01"), g_test_rand_int_range (0, 15));
          cells[i] = g_test_rand_int_range (0, ARMMS_N_WORKED_CELLS);
          minutes[i] = g_test_rand_int_range (0, 481);
          sum += minutes[i];
        }
      g_assert_true (armms_pay_price (&card, 1, &law_tables ()->premiums, dates, cells, minutes, N, one.lines, one.problems, NULL));
      for (guint i = N - 1; i > 0; i--)
        {
          guint k = (guint) g_test_rand_int_range (0, (gint32) i + 1);
          ArmmsDate date = dates[i];
          gint64 cell = cells[i], minute = minutes[i];

          dates[i] = dates[k], cells[i] = cells[k], minutes[i] = minutes[k];
          dates[k] = date, cells[k] = cell, minutes[k] = minute;
        }
      g_assert_true (armms_pay_price (&card, 1, &law_tables ()->premiums, dates, cells, minutes, N, two.lines, two.problems, NULL));
      g_assert_true (armms_earnings_sum (one.lines, 0, &first, NULL));
      g_assert_true (armms_earnings_sum (two.lines, 0, &second, NULL));
      g_assert_cmpint (first.minutes, ==, sum);
      g_assert_cmpint (first.gross.centavos, ==, second.gross.centavos);
      g_assert_cmpint (first.basic.centavos, ==, second.basic.centavos);
      g_assert_cmpint (first.gross.centavos, ==,
                       first.by_class[0].centavos + first.by_class[1].centavos + first.by_class[2].centavos + first.by_class[3].centavos);
      for (guint i = 0; i < one.lines->len; i++)
        {
          const ArmmsEarningLine *line = line_at (&one, i);
          __int128 exact = (__int128) line->minutes * card.amount.centavos * line->multiplier.millionths;
          __int128 off = exact - (__int128) line->amount.centavos * 480 * 1000000;

          g_assert_true (2 * off <= 480 * 1000000 && -2 * off < 480 * 1000000 + 1);
        }
    }
}

static void
test_trace (void)
{
  ArmmsPayCard card = daily (69500);
  Entry entry = { "2026-05-04", "ordinary_ot", 240 };
  g_auto(Priced) priced = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) json = g_string_new (NULL);
  ArmmsTrace trace;

  card.source = "NCR-01/DAY/GUARD";
  priced = price (&card, 1, &entry, 1);
  armms_earning_line_trace (line_at (&priced, 0), &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "pay.cell: cell=ordinary_ot minutes=240 rate=695.00/480 multiplier=1.25 basis=daily card=695.00 rate_card=NCR-01/DAY/GUARD"
                   " rate_card_from=2026-01-01 | premium row 1 from 2018-01-01 (Labor Code Arts. 86-87; DOLE-BWC Handbook 2024 guide computations)"
                   " | 86875/2 -> 434.38 half away from zero, once");
  armms_trace_append_json (&trace, json);
  g_assert_cmpstr (json->str, ==,
                   "{\"rule\":\"pay.cell\",\"in\":{\"cell\":\"ordinary_ot\",\"minutes\":240,\"rate\":\"695.00/480\",\"multiplier\":\"1.25\",\"basis\":\"daily\","
                   "\"card\":\"695.00\",\"rate_card\":\"NCR-01/DAY/GUARD\",\"rate_card_from\":\"2026-01-01\"},\"row\":{\"table\":\"premium\",\"row\":1,\"from\":\"2018-01-01\","
                   "\"source\":\"Labor Code Arts. 86-87; DOLE-BWC Handbook 2024 guide computations\"},\"exact\":\"86875/2\","
                   "\"rounding\":\"half away from zero, once\",\"result\":\"434.38\"}");
  g_assert_cmpstr (armms_earning_line_title (line_at (&priced, 0)), ==, "Overtime");
  g_assert_cmpstr (armms_earning_line_code (line_at (&priced, 0)), ==, "ordinary_ot");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (lines[i].name), " ", '-');
      g_autofree char *path = g_strconcat ("/rules/pay/line/", name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_line);
    }
  g_test_add_func ("/rules/pay/a-cell-is-rounded-once-for-the-period", test_rounded_once);
  g_test_add_func ("/rules/pay/a-card-that-changes-splits-the-line", test_card_changes);
  g_test_add_func ("/rules/pay/a-missing-card-is-a-problem-not-a-zero", test_missing_card);
  g_test_add_func ("/rules/pay/what-cannot-be-is-a-problem", test_bad_entries);
  g_test_add_func ("/rules/pay/absence-takes-nothing-from-daily-pay", test_absence_of_daily);
  g_test_add_func ("/rules/pay/salary/less-absence-plus-premiums", test_salary);
  g_test_add_func ("/rules/pay/salary/by-days-where-it-changes", test_salary_parts);
  g_test_add_func ("/rules/pay/salary/never-below-nothing", test_salary_never_below_nothing);
  g_test_add_func ("/rules/pay/rates-of-a-card", test_rates);
  g_test_add_func ("/rules/pay/the-order-of-days-does-not-matter", test_any_order);
  g_test_add_func ("/rules/pay/a-line-explains-itself", test_trace);
  return g_test_run ();
}
