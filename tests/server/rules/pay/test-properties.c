/* What must hold of pay whatever the figures are; the seed is printed, --seed repeats a run. */
#include "price-case.h"

#include <string.h>

#define ROUNDS 400
#define N_ENTRIES 40

static ArmmsPayCard
random_card (void)
{
  static const char *const factors[] = { "393.5", "313", "261", "365", "392.5" };
  ArmmsRateBasis basis = (ArmmsRateBasis) g_test_rand_int_range (0, 3);
  const char *factor = basis == ARMMS_BASIS_MONTHLY ? factors[g_test_rand_int_range (0, G_N_ELEMENTS (factors))] : NULL;
  ArmmsPayCard card = pay_card (basis, g_test_rand_int_range (1, basis == ARMMS_BASIS_MONTHLY ? 9000000 : 300000), factor);

  card.salaried = basis == ARMMS_BASIS_MONTHLY && g_test_rand_bit ();
  card.covers_rest_days = card.salaried && g_test_rand_bit ();
  card.covers_special_days = card.salaried && (card.covers_rest_days || g_test_rand_bit ());
  card.cola = ARMMS_MONEY (g_test_rand_bit () ? 0 : g_test_rand_int_range (1, 20000));
  return card;
}

static Paid
price_columns (const ArmmsPayCard *cards, gsize n_cards, const ArmmsDate *dates, const gint64 *cells, const gint64 *minutes, gsize n)
{
  Paid paid = paid_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (armms_pay_price (cards, n_cards, &law_tables ()->premiums, dates, cells, minutes, n, paid.lines, paid.problems, &error));
  g_assert_no_error (error);
  return paid;
}

/* What @minutes of @cell are worth on one day. */
static gint64
worth (const ArmmsPayCard *card, gint64 cell, gint64 minutes)
{
  const ArmmsDate date = law_date ("2026-05-04");
  g_auto(Paid) paid = price_columns (card, 1, &date, &cell, &minutes, 1);

  return paid_total (&paid);
}

static void
test_more_minutes (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsPayCard card = random_card ();
      gint64 cell = g_test_rand_int_range (0, ARMMS_N_CELLS);
      gint64 less = g_test_rand_int_range (0, 1440), more = less + g_test_rand_int_range (1, (gint32) (1441 - less));

      if (cell <= ARMMS_CELL_LEAVE_PAID)
        g_assert_cmpint (worth (&card, cell, less), <=, worth (&card, cell, more));
      else
        g_assert_cmpint (worth (&card, cell, less), >=, worth (&card, cell, more)); /* absence takes more */
    }
}

static void
test_higher_rate (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsPayCard card = random_card (), richer = card;
      gint64 cell = g_test_rand_int_range (0, ARMMS_CELL_LEAVE_UNPAID), minutes = g_test_rand_int_range (0, 1441);

      richer.amount.centavos += g_test_rand_int_range (1, 1000);
      richer.cola.centavos += g_test_rand_int_range (0, 1000);
      g_assert_cmpint (worth (&card, cell, minutes), <=, worth (&richer, cell, minutes));
    }
}

/* Ordinary, special, double special, regular, double regular; a rest day above its day, overtime above the first 8 hours,
 * the night above the day. Where a salary covers some days only, a covered day may well add less than one that is not. */
static void
test_higher_day (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsPayCard card = random_card ();
      gint64 cell = g_test_rand_int_range (0, ARMMS_N_WORKED_CELLS), minutes = g_test_rand_int_range (0, 481);
      gint64 here;

      card.cola = ARMMS_MONEY (0); /* overtime carries none */
      card.covers_rest_days = card.covers_special_days = card.salaried;
      here = worth (&card, cell, minutes);
      if (ARMMS_CELL_DAY_TYPE (cell) < ARMMS_DAY_DOUBLE_REGULAR)
        g_assert_cmpint (here, <=, worth (&card, cell + 8, minutes));
      g_assert_cmpint (here, <=, worth (&card, cell | ARMMS_CELL_REST, minutes));
      g_assert_cmpint (here, <=, worth (&card, cell | ARMMS_CELL_OVERTIME, minutes));
      g_assert_cmpint (here, <=, worth (&card, cell | ARMMS_CELL_NIGHT, minutes));
    }
}

/* Minutes of one cell are one line, however they lie in days: exact until the one rounding. */
static void
test_minutes_add (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsPayCard card = random_card ();
      ArmmsDate dates[N_ENTRIES];
      gint64 cells[N_ENTRIES], minutes[N_ENTRIES], sum = 0;
      gint64 cell = g_test_rand_int_range (0, ARMMS_N_CELLS);
      g_auto(Paid) paid = { 0 };

      card.cola = ARMMS_MONEY (0);
      for (guint i = 0; i < N_ENTRIES; i++)
        {
          dates[i] = armms_date_add_days (law_date ("2026-05-01"), g_test_rand_int_range (0, 15));
          cells[i] = cell;
          minutes[i] = g_test_rand_int_range (0, 481);
          sum += minutes[i];
        }
      paid = price_columns (&card, 1, dates, cells, minutes, N_ENTRIES);
      g_assert_cmpuint (paid.lines->len, <=, 1);
      if (paid.lines->len == 1)
        {
          const ArmmsEarningLine *line = paid_line (&paid, 0);
          __int128 exact = (__int128) sum * line->rate.centavos * line->multiplier.millionths;
          int sign = line->kind == ARMMS_EARNING_ABSENCE ? -1 : 1;

          g_assert_cmpint (line->minutes, ==, sum);
          g_assert_cmpint (line->amount.centavos, ==, pay_half_away (sign * exact, (__int128) line->rate.minutes * 1000000));
        }
    }
}

/* -- order ------------------------------------------------------------------------------------------------------ */

static int
compare_lines (const void *a, const void *b)
{
  const ArmmsEarningLine *left = a, *right = b;

  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;
  if (left->card != right->card)
    return left->card < right->card ? -1 : 1;
  return (left->cell > right->cell) - (left->cell < right->cell);
}

static void
assert_same_lines (Paid *one, Paid *two)
{
  g_assert_cmpuint (one->lines->len, ==, two->lines->len);
  g_array_sort (one->lines, compare_lines);
  g_array_sort (two->lines, compare_lines);
  for (guint i = 0; i < one->lines->len; i++)
    {
      const ArmmsEarningLine *a = paid_line (one, i), *b = paid_line (two, i);

      g_assert_true (a->kind == b->kind && a->card == b->card && a->premium == b->premium && a->cell == b->cell);
      g_assert_cmpint (a->minutes, ==, b->minutes);
      g_assert_cmpint (a->amount.centavos, ==, b->amount.centavos);
      g_assert_cmpint (a->basic.centavos, ==, b->basic.centavos);
    }
}

static void
test_any_order (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsPayCard cards[2] = { random_card (), random_card () };
      ArmmsDate dates[N_ENTRIES];
      gint64 cells[N_ENTRIES], minutes[N_ENTRIES];
      g_auto(Paid) one = { 0 };
      g_auto(Paid) two = { 0 };

      cards[0].to = law_date ("2026-05-07");
      cards[1].from = law_date ("2026-05-09"); /* the 8th is a gap */
      for (guint i = 0; i < N_ENTRIES; i++)
        {
          dates[i] = armms_date_add_days (law_date ("2026-05-01"), g_test_rand_int_range (0, 15));
          cells[i] = g_test_rand_int_range (0, ARMMS_N_CELLS);
          minutes[i] = g_test_rand_int_range (0, 600);
        }
      one = price_columns (cards, 2, dates, cells, minutes, N_ENTRIES);
      for (guint i = N_ENTRIES - 1; i > 0; i--)
        {
          guint k = (guint) g_test_rand_int_range (0, (gint32) i + 1);
          ArmmsDate date = dates[i];
          gint64 cell = cells[i], minute = minutes[i];

          dates[i] = dates[k], cells[i] = cells[k], minutes[i] = minutes[k];
          dates[k] = date, cells[k] = cell, minutes[k] = minute;
        }
      two = price_columns (cards, 2, dates, cells, minutes, N_ENTRIES);
      assert_same_lines (&one, &two);
      g_assert_cmpuint (one.problems->len, ==, two.problems->len);
      if (one.problems->len > 0)
        {
          g_assert_cmpint (paid_problem (&one, 0)->count, ==, paid_problem (&two, 0)->count);
          g_assert_cmpint (paid_problem (&one, 0)->cell, ==, paid_problem (&two, 0)->cell);
          g_assert_cmpint (paid_problem (&one, 0)->from.days, ==, law_date ("2026-05-08").days);
        }
    }
}

/* -- size ------------------------------------------------------------------------------------------------------- */

/* Up to the last figure that fits the result is right, beyond it is refused, and what stood in the arrays stays. */
static void
test_huge_rates (void)
{
  const ArmmsDate dates[] = { law_date ("2026-05-04"), law_date ("2025-05-04"), law_date ("2026-05-04") };
  const gint64 cells[] = { law_cell ("ordinary"), law_cell ("ordinary"), law_cell ("ordinary_ot") }, minutes[] = { 480, 60, 480 };

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 largest = G_MAXINT64 / 125 * 100, off = g_test_rand_int_range (0, 1 << 30);
      ArmmsPayCard fits = pay_between (pay_card (ARMMS_BASIS_DAILY, largest - off, NULL), "2026-01-01", NULL);
      ArmmsPayCard passes = pay_between (pay_card (ARMMS_BASIS_DAILY, largest + 100 + off, NULL), "2026-01-01", NULL);
      g_auto(Paid) paid = paid_new ();
      ArmmsEarningLine before;
      g_autoptr(GError) error = NULL;

      g_assert_true (armms_pay_price (&fits, 1, &law_tables ()->premiums, dates, cells, minutes, 3, paid.lines, paid.problems, NULL));
      g_assert_cmpint (paid_line (&paid, 1)->amount.centavos, ==, pay_half_away ((__int128) (largest - off) * 125, 100));
      g_assert_cmpuint (paid.problems->len, ==, 1);
      before = *paid_line (&paid, 1);
      g_assert_false (armms_pay_price (&passes, 1, &law_tables ()->premiums, dates, cells, minutes, 3, paid.lines, paid.problems, &error));
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INTERNAL);
      g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
      g_assert_cmpuint (paid.lines->len, ==, 2);
      g_assert_cmpuint (paid.problems->len, ==, 1);
      g_assert_true (memcmp (&before, paid_line (&paid, 1), sizeof before) == 0);
    }
}

static void
test_huge_cola (void)
{
  ArmmsPayCard card = pay_card (ARMMS_BASIS_DAILY, 1, NULL);
  const ArmmsDate date = law_date ("2026-05-01");
  const gint64 cell = law_cell ("regular"), minutes = 480;
  g_auto(Paid) paid = paid_new ();
  g_autoptr(GError) error = NULL;

  card.cola = ARMMS_MONEY (G_MAXINT64 / 2 + 1);
  g_assert_false (armms_pay_price (&card, 1, &law_tables ()->premiums, &date, &cell, &minutes, 1, paid.lines, paid.problems, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
  g_assert_cmpuint (paid.lines->len, ==, 0);
}

/* More minutes in one line than 32 bits hold. */
static void
test_huge_minutes (void)
{
  enum { MANY = 1491309 };
  ArmmsPayCard card = pay_card (ARMMS_BASIS_DAILY, 48000, NULL);
  g_autofree ArmmsDate *dates = g_new (ArmmsDate, MANY);
  g_autofree gint64 *cells = g_new0 (gint64, MANY);
  g_autofree gint64 *minutes = g_new (gint64, MANY);
  g_auto(Paid) paid = paid_new ();
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < MANY; i++)
    {
      dates[i] = law_date ("2026-05-04");
      minutes[i] = 1440;
    }
  g_assert_false (armms_pay_price (&card, 1, &law_tables ()->premiums, dates, cells, minutes, MANY, paid.lines, paid.problems, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
  g_assert_cmpuint (paid.lines->len, ==, 0);
  g_assert_true (armms_pay_price (&card, 1, &law_tables ()->premiums, dates, cells, minutes, MANY - 1, paid.lines, paid.problems, NULL));
  g_assert_cmpint (paid_total (&paid), ==, G_GINT64_CONSTANT (1440) * (MANY - 1) * 100);
}

/* Sums say so too, and leave the caller's totals alone. */
static void
test_huge_sums (void)
{
  const gint64 amounts[][3] = { { G_MAXINT64, 0, 1 }, { 0, G_MAXINT64, 1 }, { G_MININT64, 1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine));
      ArmmsEarningLine first = { .amount = { amounts[i][0] }, .basic = { amounts[i][1] }, .pay_class = ARMMS_PAY_CLASS_OVERTIME };
      ArmmsEarningLine second = { .amount = { amounts[i][2] }, .basic = { amounts[i][2] } };
      ArmmsEarningTotals totals = { .minutes = 7 };
      g_autoptr(GError) error = NULL;

      g_array_append_val (lines, first);
      g_array_append_val (lines, second);
      g_assert_false (armms_earnings_sum (lines, 0, &totals, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
      g_assert_cmpint (totals.minutes, ==, 7);
    }
}

/* Each class and the basic together are the gross; more basic than the class of basic holds is no figure. */
static void
test_huge_basic (void)
{
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine));
  ArmmsEarningLine premium = { .amount = { G_MAXINT64 - 10 }, .pay_class = ARMMS_PAY_CLASS_BASIC };
  ArmmsEarningLine basic = { .amount = { 5 }, .basic = { 20 }, .pay_class = ARMMS_PAY_CLASS_HOLIDAY };
  ArmmsEarningTotals totals = { .minutes = 7 };

  g_array_append_val (lines, premium);
  g_array_append_val (lines, basic);
  g_assert_false (armms_earnings_sum (lines, 0, &totals, NULL));
  g_assert_cmpint (totals.minutes, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pay/properties/more-minutes-never-pay-less", test_more_minutes);
  g_test_add_func ("/rules/pay/properties/a-higher-rate-never-pays-less", test_higher_rate);
  g_test_add_func ("/rules/pay/properties/a-higher-day-never-pays-less", test_higher_day);
  g_test_add_func ("/rules/pay/properties/minutes-add-up-within-a-line", test_minutes_add);
  g_test_add_func ("/rules/pay/properties/in-any-order", test_any_order);
  g_test_add_func ("/rules/pay/properties/huge-rates-are-refused", test_huge_rates);
  g_test_add_func ("/rules/pay/properties/huge-allowances-are-refused", test_huge_cola);
  g_test_add_func ("/rules/pay/properties/huge-minutes-are-refused", test_huge_minutes);
  g_test_add_func ("/rules/pay/properties/huge-sums-are-refused", test_huge_sums);
  g_test_add_func ("/rules/pay/properties/huge-basic-is-refused", test_huge_basic);
  return g_test_run ();
}
