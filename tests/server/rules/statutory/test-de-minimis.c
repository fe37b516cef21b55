/* Small benefits under their ceilings, and the pool that takes the rest. */
#include "../law-case.h"

#include <string.h>

typedef struct {
  const char *name;
  ArmmsDeMinimisGift gift; /* without its date */
  const char *date;
  gint64 exempt, excess;
} Case;

#define DAYS(n) { (gint64) (n) * 1000000 }

static const Case cases[] = {
  { "rice: below the ceiling", { "rice_subsidy", .amount = { 249999 } }, "2026-05-31", 249999, 0 },
  { "rice: at the ceiling", { "rice_subsidy", .amount = { 250000 } }, "2026-05-31", 250000, 0 },
  { "rice: a centavo above", { "rice_subsidy", .amount = { 250001 } }, "2026-05-31", 250000, 1 },
  { "rice: last day of the old ceiling", { "rice_subsidy", .amount = { 250000 } }, "2026-01-05", 200000, 50000 },
  { "rice: first day of the new one", { "rice_subsidy", .amount = { 250000 } }, "2026-01-06", 250000, 0 },
  { "rice: the second cut-off has what the first left", { "rice_subsidy", .before = { 150000 }, .amount = { 150000 } }, "2026-05-31", 100000, 50000 },
  { "rice: nothing is left", { "rice_subsidy", .before = { 250000 }, .amount = { 1 } }, "2026-05-31", 0, 1 },
  { "rice: taken back, the excess first", { "rice_subsidy", .before = { 300000 }, .amount = { -100000 } }, "2026-05-31", -50000, -50000 },
  { "rice: all taken back", { "rice_subsidy", .before = { 100000 }, .amount = { -100000 } }, "2026-05-31", -100000, 0 },
  { "laundry", { "laundry", .amount = { 45000 } }, "2026-05-31", 40000, 5000 },
  { "medical for dependents: a semester", { "medical_dependents", .before = { 150000 }, .amount = { 100000 } }, "2026-05-31", 50000, 50000 },
  { "medical, actual", { "medical_actual", .amount = { 1200001 } }, "2026-05-31", 1200000, 1 },
  { "achievement award", { "achievement_award", .amount = { 1200001 } }, "2026-05-31", 1200000, 1 },
  { "gifts", { "gifts", .amount = { 600001 } }, "2026-12-20", 600000, 1 },
  { "CBA and productivity", { "cba_productivity", .amount = { 1200001 } }, "2026-05-31", 1200000, 1 },
  { "uniform: 6,000 until 13 February 2025", { "uniform", .amount = { 700000 } }, "2025-02-13", 600000, 100000 },
  { "uniform: 7,000 from the 14th", { "uniform", .amount = { 700000 } }, "2025-02-14", 700000, 0 },
  { "uniform: the new ceiling counts against what the year had", { "uniform", .before = { 600000 }, .amount = { 200000 } }, "2025-03-01", 100000, 100000 },
  { "uniform: what was above the old ceiling stays above", { "uniform", .before = { 700000 }, .amount = { 100000 } }, "2025-03-01", 0, 100000 },
  { "uniform: 8,000 from 6 January 2026", { "uniform", .before = { 700000 }, .amount = { 200000 } }, "2026-01-06", 100000, 100000 },
  { "meal: 30 % of the minimum wage", { "meal_ot_night", .amount = { 25000 }, .minimum_wage = { 69500 } }, "2026-05-31", 20850, 4150 },
  { "meal: 25 % before", { "meal_ot_night", .amount = { 25000 }, .minimum_wage = { 69500 } }, "2026-01-05", 17375, 7625 },
  { "meal: on ten nights", { "meal_ot_night", .amount = { 250000 }, .minimum_wage = { 69500 }, .days = DAYS (10) }, "2026-05-31", 208500, 41500 },
  { "meal: half a centavo of the share is one", { "meal_ot_night", .amount = { 25000 }, .minimum_wage = { 69502 } }, "2026-01-05", 17376, 7624 },
  { "vacation leave: 12 days", { "vacation_leave", .amount = { 906000 }, .days = DAYS (12) }, "2026-05-31", 906000, 0 },
  { "vacation leave: the 13th day is above", { "vacation_leave", .amount = { 981500 }, .days = DAYS (13) }, "2026-05-31", 906000, 75500 },
  { "vacation leave: 10 days before", { "vacation_leave", .amount = { 906000 }, .days = DAYS (12) }, "2026-01-05", 755000, 151000 },
  { "vacation leave: what the year had", { "vacation_leave", .amount = { 377500 }, .days_before = DAYS (10), .days = DAYS (5) }, "2026-05-31", 151000, 226500 },
  { "vacation leave: half a day is left", { "vacation_leave", .amount = { 75501 }, .days_before = { 11500000 }, .days = DAYS (1) }, "2026-05-31", 37751, 37750 },
  { "vacation leave: days taken back", { "vacation_leave", .amount = { -151000 }, .days_before = DAYS (13), .days = DAYS (-2) }, "2026-05-31", -75500, -75500 },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  ArmmsDeMinimisGift gift = one->gift;
  g_autoptr(GError) error = NULL;
  ArmmsDeMinimis split;
  gboolean ok;

  gift.given_on = law_date (one->date);
  ok = armms_de_minimis (&law_tables ()->de_minimis, &gift, &split, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpint (split.exempt.centavos, ==, one->exempt);
  g_assert_cmpint (split.excess.centavos, ==, one->excess);
}

static const struct { const char *name; ArmmsDeMinimisGift gift; const char *date, *code; } bad[] = {
  { "an unknown benefit", { "no_such", .amount = { 1 } }, "2026-05-31", "statutory.no_table" },
  { "before all ceilings", { "rice_subsidy", .amount = { 1 } }, "2017-12-31", "statutory.no_table" },
  { "more taken back than given", { "rice_subsidy", .before = { 100 }, .amount = { -101 } }, "2026-05-31", "benefit.invalid" },
  { "a span below nothing", { "rice_subsidy", .before = { -1 }, .amount = { 5 } }, "2026-05-31", "benefit.invalid" },
  { "days that are missing", { "vacation_leave", .amount = { 5 } }, "2026-05-31", "benefit.invalid" },
  { "more days taken back than given", { "vacation_leave", .amount = { -5 }, .days_before = DAYS (1), .days = DAYS (-2) }, "2026-05-31", "benefit.invalid" },
  { "a minimum wage below nothing", { "meal_ot_night", .amount = { 5 }, .minimum_wage = { -100 } }, "2026-05-31", "benefit.invalid" },
  { "overflow of the span", { "rice_subsidy", .before = { G_MAXINT64 }, .amount = { 1 } }, "2026-05-31", "money.overflow" },
  { "overflow of the days", { "vacation_leave", .days_before = { G_MAXINT64 }, .days = DAYS (1) }, "2026-05-31", "money.overflow" },
  { "overflow of the share", { "meal_ot_night", .minimum_wage = { G_MAXINT64 }, .days = { G_MAXINT64 } }, "2026-05-31", "money.overflow" },
};

static void
test_bad (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsDeMinimisGift gift = bad[i].gift;
  g_autoptr(GError) error = NULL;
  ArmmsDeMinimis split;

  gift.given_on = law_date (bad[i].date);
  g_assert_false (armms_de_minimis (&law_tables ()->de_minimis, &gift, &split, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, bad[i].code);
}

/* Within one span it does not matter in how many gifts an amount comes. */
static void
test_order (void)
{
  for (guint round = 0; round < 200; round++)
    {
      gint64 given = 0, exempt = 0;
      ArmmsMoney whole_exempt, whole_excess;

      for (guint part = 0; part < 5; part++)
        {
          ArmmsDeMinimisGift gift = { .benefit = "rice_subsidy", .given_on = law_date ("2026-05-31"), .before = { given },
                                      .amount = { g_test_rand_int_range (0, 100000) } };
          ArmmsDeMinimis split;

          g_assert_true (armms_de_minimis (&law_tables ()->de_minimis, &gift, &split, NULL));
          g_assert_cmpint (split.exempt.centavos + split.excess.centavos, ==, gift.amount.centavos);
          given += gift.amount.centavos;
          exempt += split.exempt.centavos;
        }
      g_assert_true (armms_de_minimis_split (&law_tables ()->de_minimis, "rice_subsidy", law_date ("2026-05-31"), ARMMS_MONEY (given),
                                             ARMMS_MONEY (0), &whole_exempt, &whole_excess, NULL, NULL));
      g_assert_cmpint (exempt, ==, whole_exempt.centavos);
    }
}

static void
test_split (void)
{
  const ArmmsDeMinimisTable *table = &law_tables ()->de_minimis;
  const ArmmsDeMinimisRow *row;
  g_autoptr(GError) error = NULL;
  ArmmsMoney exempt, excess;

  g_assert_true (armms_de_minimis_split (table, "meal_ot_night", law_date ("2026-05-31"), ARMMS_MONEY (25000), ARMMS_MONEY (69500), &exempt, &excess, &row, NULL));
  g_assert_cmpint (exempt.centavos, ==, 20850);
  g_assert_cmpstr (row->per, ==, "day");
  g_assert_true (armms_de_minimis_split (table, "rice_subsidy", law_date ("2026-05-31"), ARMMS_MONEY (-5), ARMMS_MONEY (0), &exempt, &excess, &row, NULL));
  g_assert_cmpint (exempt.centavos, ==, 0);
  g_assert_cmpint (excess.centavos, ==, 0);
  g_assert_false (armms_de_minimis_split (table, "no_such", law_date ("2026-05-31"), ARMMS_MONEY (1), ARMMS_MONEY (0), &exempt, &excess, &row, &error));
  g_assert_nonnull (strstr (error->message, "2026-05-31"));
}

/* An amount a day, on several days: no shipped benefit is one, a later law may be. */
static void
test_amount_per_day (void)
{
  ArmmsDeMinimisRow row = { .benefit = "meal", .per = "day", .ceiling = { 10001 }, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE, .row = 1 };
  const ArmmsDeMinimisTable table = { &row, 1 };
  ArmmsDeMinimisGift gift = { "meal", .amount = { 50000 }, .days = DAYS (3) };
  g_autoptr(GError) error = NULL;
  ArmmsDeMinimis split;

  g_assert_true (armms_de_minimis (&table, &gift, &split, NULL));
  g_assert_cmpint (split.exempt.centavos, ==, 30003);
  gift.days.millionths = G_MAXINT64;
  row.ceiling = ARMMS_MONEY (G_MAXINT64);
  g_assert_false (armms_de_minimis (&table, &gift, &split, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
  g_clear_error (&error);
  row.of_minimum_wage.millionths = 2000000;
  g_assert_false (armms_de_minimis (&table, &gift, &split, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
}

/* -- the pool -- */

static const struct { const char *name; gint64 before, amount, exempt, taxable; } pools[] = {
  { "all of it fits", 0, 9000000, 9000000, 0 },
  { "a centavo above", 0, 9000001, 9000000, 1 },
  { "what the year had counts first", 8999999, 2, 1, 1 },
  { "the pool is full", 9000000, 500, 0, 500 },
  { "taken back, the taxable first", 9000100, -200, -100, -100 },
};

static void
test_pool (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const ArmmsLimitRow *row = armms_limit_find (&law_tables ()->limits, ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, law_date ("2026-12-31"), NULL);
  ArmmsBenefitPool pool;

  g_assert_true (armms_benefit_pool_fill (ARMMS_MONEY (row->value), row, ARMMS_MONEY (pools[i].before), ARMMS_MONEY (pools[i].amount), &pool, NULL));
  g_assert_cmpint (pool.exempt.centavos, ==, pools[i].exempt);
  g_assert_cmpint (pool.taxable.centavos, ==, pools[i].taxable);
}

static void
test_bad_pool (void)
{
  static const struct { gint64 pool, before, amount; const char *code; } wrong[] = {
    { 9000000, 5, -6, "benefit.invalid" }, { 9000000, -1, 2, "benefit.invalid" }, { -1, 0, 1, "benefit.invalid" }, { 9000000, G_MAXINT64, 1, "money.overflow" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      ArmmsBenefitPool pool;

      g_assert_false (armms_benefit_pool_fill (ARMMS_MONEY (wrong[i].pool), NULL, ARMMS_MONEY (wrong[i].before), ARMMS_MONEY (wrong[i].amount), &pool, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, wrong[i].code);
    }
}

static void
test_pool_split (void)
{
  ArmmsMoney exempt, taxable;

  armms_benefit_pool_split (ARMMS_MONEY (9000001), ARMMS_MONEY (9000000), &exempt, &taxable);
  g_assert_cmpint (exempt.centavos, ==, 9000000);
  g_assert_cmpint (taxable.centavos, ==, 1);
}

/* Excess of small benefits and 13th month share one pool: 85,000 and 6,000 of excess leave 1,000 to be taxed. */
static void
test_excess_fills_the_pool (void)
{
  ArmmsDeMinimisGift gift = { .benefit = "uniform", .given_on = law_date ("2026-12-15"), .amount = { 1400000 } };
  ArmmsDeMinimis split;
  ArmmsBenefitPool pool;

  g_assert_true (armms_de_minimis (&law_tables ()->de_minimis, &gift, &split, NULL));
  g_assert_true (armms_benefit_pool_fill (ARMMS_MONEY (9000000), NULL, ARMMS_MONEY (8500000), split.excess, &pool, NULL));
  g_assert_cmpint (split.excess.centavos, ==, 600000);
  g_assert_cmpint (pool.taxable.centavos, ==, 100000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/de-minimis/", cases[i].name, NULL);
      g_test_add_data_func (g_strdelimit (path, " :,%", '-'), &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/de-minimis/refused/", bad[i].name, NULL);
      g_test_add_data_func (g_strdelimit (path, " ", '-'), GUINT_TO_POINTER (i), test_bad);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pools); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/benefit-pool/", pools[i].name, NULL);
      g_test_add_data_func (g_strdelimit (path, " ,", '-'), GUINT_TO_POINTER (i), test_pool);
    }
  g_test_add_func ("/rules/de-minimis/in-parts-or-whole", test_order);
  g_test_add_func ("/rules/de-minimis/all-of-a-span", test_split);
  g_test_add_func ("/rules/de-minimis/an-amount-per-day", test_amount_per_day);
  g_test_add_func ("/rules/benefit-pool/refused", test_bad_pool);
  g_test_add_func ("/rules/benefit-pool/split", test_pool_split);
  g_test_add_func ("/rules/benefit-pool/excess-of-small-benefits-counts", test_excess_fills_the_pool);
  return g_test_run ();
}
