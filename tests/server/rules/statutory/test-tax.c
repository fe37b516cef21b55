/* Withholding tax: every bracket's both sides, the methods, the refusals. */
#include "../law-case.h"

#include <string.h>

static ArmmsTax
by_table (ArmmsTaxPeriod period, const char *date, gint64 taxable)
{
  g_autoptr(GError) error = NULL;
  ArmmsTax tax;
  gboolean ok = armms_tax_by_table (&law_tables ()->taxes, period, law_date (date), ARMMS_MONEY (taxable), &tax, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return tax;
}

static const struct {
  const char *name;
  ArmmsTaxPeriod period;
  const char *date;
  gint64 taxable, tax;
} cases[] = {
  { "nothing", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 0, 0 },
  { "semi-monthly: last untaxed", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 1041700, 0 },
  { "semi-monthly: first taxed", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 1041704, 1 },
  { "semi-monthly: end of 15 %", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 1666700, 93750 },
  { "semi-monthly: begin of 20 %", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 1666703, 93751 },
  { "semi-monthly: end of 20 %", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 3333300, 427070 },
  { "semi-monthly: end of 25 %", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 8333300, 1677070 },
  { "semi-monthly: end of 30 %", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 33333300, 9177070 },
  { "semi-monthly: 35 %", ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 34333300, 9527070 },
  { "monthly: 27,550", ARMMS_TAX_MONTHLY, "2026-05-31", 2755000, 100755 },
  { "monthly: printed base with its centavos", ARMMS_TAX_MONTHLY, "2026-05-31", 6666700, 854180 },
  { "weekly: begin", ARMMS_TAX_WEEKLY, "2026-05-31", 480800, 0 },
  { "weekly: end of 15 %", ARMMS_TAX_WEEKLY, "2026-05-31", 769200, 43260 },
  { "daily: end of 15 %", ARMMS_TAX_DAILY, "2026-05-31", 109600, 6165 },
  { "annual: last untaxed", ARMMS_TAX_ANNUAL, "2026-12-31", 25000000, 0 },
  { "annual: 400,000", ARMMS_TAX_ANNUAL, "2026-12-31", 40000000, 2250000 },
  { "annual: 8,000,000", ARMMS_TAX_ANNUAL, "2026-12-31", 800000000, 220250000 },
  { "the old table until 2022", ARMMS_TAX_SEMI_MONTHLY, "2022-12-31", 1666700, 125000 },
  { "the new table from 2023", ARMMS_TAX_SEMI_MONTHLY, "2023-01-01", 1666700, 93750 },
};

static void
test_table (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  g_assert_cmpint (by_table (cases[i].period, cases[i].date, cases[i].taxable).tax.centavos, ==, cases[i].tax);
}

static void
test_no_table (void)
{
  g_autoptr(GError) error = NULL;
  ArmmsTax tax;

  g_assert_false (armms_tax_by_table (&law_tables ()->taxes, ARMMS_TAX_MONTHLY, law_date ("2017-12-31"), ARMMS_MONEY (1), &tax, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
}

/* A peso more never means less tax, nor more than a peso more. */
static void
test_monotonic (gconstpointer data)
{
  ArmmsTaxPeriod period = GPOINTER_TO_UINT (data);
  gint64 before = 0;

  for (gint64 taxable = 0; taxable < 1000000000; taxable += 1 + taxable / 997)
    {
      gint64 tax = by_table (period, "2026-05-31", taxable).tax.centavos;

      g_assert_cmpint (tax, >=, before);
      g_assert_cmpint (tax, <=, taxable);
      before = tax;
    }
}

static ArmmsTax
withhold (ArmmsTaxMethod method, gint64 regular, gint64 supplementary, const ArmmsTaxYear *year, gboolean annualise)
{
  ArmmsTaxable taxable = { .regular = { regular }, .supplementary = { supplementary } };
  g_autoptr(GError) error = NULL;
  ArmmsTax tax;
  gboolean ok = armms_tax_withhold (&law_tables ()->taxes, method, ARMMS_TAX_SEMI_MONTHLY, law_date ("2026-05-15"), &taxable, year, annualise, &tax, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return tax;
}

static void
test_choice (void)
{
  ArmmsTaxYear year = { .periods = 8 };

  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_TABLE, 900000, 600000, &year, FALSE).tax.centavos, ==, 68745);
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_REGULAR, 1200000, 300000, &year, FALSE).method, ==, ARMMS_TAX_METHOD_REGULAR);
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_REGULAR, 900000, 0, &year, FALSE).method, ==, ARMMS_TAX_METHOD_REGULAR);
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_REGULAR, 1041700, 1, &year, FALSE).method, ==, ARMMS_TAX_METHOD_CUMULATIVE);
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_REGULAR, 1041701, 1, &year, FALSE).method, ==, ARMMS_TAX_METHOD_REGULAR);
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_REGULAR, 1500000, 1500000, &year, FALSE).method, ==, ARMMS_TAX_METHOD_CUMULATIVE);
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_REGULAR, 1500000, 1499999, &year, FALSE).method, ==, ARMMS_TAX_METHOD_REGULAR);
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_CUMULATIVE, 1500000, 0, &year, FALSE).method, ==, ARMMS_TAX_METHOD_CUMULATIVE);
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_TABLE, 900000, 0, &year, TRUE).method, ==, ARMMS_TAX_METHOD_ANNUALISED);
  year.cumulative = TRUE;
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_REGULAR, 1500000, 0, &year, FALSE).method, ==, ARMMS_TAX_METHOD_CUMULATIVE);
  year = (ArmmsTaxYear) { .other_employer = TRUE };
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_REGULAR, 1500000, 0, &year, FALSE).method, ==, ARMMS_TAX_METHOD_CUMULATIVE);
}

static void
test_cumulative_never_refunds (void)
{
  ArmmsTaxYear year = { .periods = 3, .taxable = { 3000000 }, .withheld = { 500000 } };
  ArmmsTax tax = withhold (ARMMS_TAX_METHOD_CUMULATIVE, 1000000, 0, &year, FALSE);

  g_assert_cmpint (tax.average.centavos, ==, 1000000);
  g_assert_cmpint (tax.tax.centavos, ==, 0);
}

/* A refund comes only out of what this employer withheld. */
static void
test_annualised_refund (void)
{
  ArmmsTaxYear year = { .periods = 23, .taxable = { 20000000 }, .withheld = { 100000 }, .withheld_elsewhere = { 900000 } };

  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_TABLE, 1000000, 0, &year, TRUE).tax.centavos, ==, -100000);
  year = (ArmmsTaxYear) { .periods = 23, .taxable = { 39000000 }, .withheld = { 2000000 } };
  g_assert_cmpint (withhold (ARMMS_TAX_METHOD_TABLE, 1000000, 0, &year, TRUE).tax.centavos, ==, 250000);
}

/* Whatever was withheld on the way, the year's tax is the annual table's. */
static void
test_year_adds_up (gconstpointer data)
{
  ArmmsTaxMethod method = GPOINTER_TO_UINT (data);

  for (guint round = 0; round < 50; round++)
    {
      ArmmsTaxYear year = { 0 };
      gint64 withheld = 0;

      for (gint period = 1; period <= 24; period++)
        {
          ArmmsTax tax = withhold (method, g_test_rand_int_range (0, 2500000), g_test_rand_int_range (0, 1500000), &year, period == 24);

          withheld += tax.tax.centavos;
          year.taxable.centavos += tax.regular.centavos + tax.supplementary.centavos;
          year.withheld.centavos = withheld;
          year.periods = period;
          year.cumulative |= tax.method == ARMMS_TAX_METHOD_CUMULATIVE;
        }
      g_assert_cmpint (withheld, ==, by_table (ARMMS_TAX_ANNUAL, "2026-12-31", year.taxable.centavos).tax.centavos);
    }
}

static ArmmsTaxable
split (ArmmsTaxPay pay)
{
  ArmmsTaxable taxable;

  g_assert_true (armms_tax_split (&pay, &taxable, NULL));
  return taxable;
}

static void
test_split (void)
{
  ArmmsTaxPay pay = { .basic = { 1000000 }, .holiday = { 100000 }, .overtime = { 300000 }, .night = { 50000 }, .other_regular = { 20000 },
                      .other_supplementary = { 40000 }, .contributions = { 120000 }, .premiums_are_supplementary = TRUE };
  ArmmsTaxable taxable = split (pay);

  g_assert_cmpint (taxable.regular.centavos, ==, 900000);
  g_assert_cmpint (taxable.supplementary.centavos, ==, 490000);
  pay.premiums_are_supplementary = FALSE;
  taxable = split (pay);
  g_assert_cmpint (taxable.regular.centavos, ==, 1050000);
  g_assert_cmpint (taxable.supplementary.centavos, ==, 340000);
  pay.contributions = ARMMS_MONEY (1200000);
  taxable = split (pay);
  g_assert_cmpint (taxable.regular.centavos, ==, 0);
  g_assert_cmpint (taxable.supplementary.centavos, ==, 310000);
  pay.contributions = ARMMS_MONEY (9999999);
  taxable = split (pay);
  g_assert_cmpint (taxable.supplementary.centavos, ==, 0);
  pay.contributions = ARMMS_MONEY (-1);
  g_assert_false (armms_tax_split (&pay, &taxable, NULL));
}

/* Overtime never makes a minimum wage earner's wage taxable; other pay is taxed on its own. */
static void
test_minimum_wage_earner (void)
{
  ArmmsTaxPay pay = { .basic = { 1100000 }, .holiday = { 100000 }, .overtime = { 900000 }, .night = { 50000 },
                      .other_supplementary = { 40000 }, .contributions = { 120000 }, .minimum_wage_earner = TRUE };
  ArmmsTaxable taxable = split (pay);

  g_assert_cmpint (taxable.regular.centavos, ==, 0);
  g_assert_cmpint (taxable.supplementary.centavos, ==, 40000);
  g_assert_cmpint (taxable.exempt.centavos, ==, 2150000);
}

static void
test_trace (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsTax tax = by_table (ARMMS_TAX_SEMI_MONTHLY, "2026-05-15", 1500000);
  ArmmsTrace trace;

  armms_tax_trace (&tax, &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "tax.table: regular=0.00 supplementary=0.00 taxable=15000.00 table=semi_monthly over=10417.00 base=0.00 rate=0.15"
                   " | tax row 2 from 2023-01-01 (RR 11-2018 Annex E) | 68745/1 -> 687.45 half away from zero, once");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), " :/", '-');
      g_autofree char *path = g_strconcat ("/rules/tax/table/", name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_table);
    }
  g_test_add_func ("/rules/tax/no-table-no-tax", test_no_table);
  for (guint period = 0; period < ARMMS_N_TAX_PERIODS; period++)
    {
      g_autofree char *path = g_strconcat ("/rules/tax/never-falls/", armms_tax_period_name (period), NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (period), test_monotonic);
    }
  g_test_add_func ("/rules/tax/the-method-that-the-rules-require", test_choice);
  g_test_add_func ("/rules/tax/the-cumulative-average-never-refunds", test_cumulative_never_refunds);
  g_test_add_func ("/rules/tax/a-refund-is-out-of-what-was-withheld-here", test_annualised_refund);
  g_test_add_data_func ("/rules/tax/a-year-adds-up/table", GUINT_TO_POINTER (ARMMS_TAX_METHOD_TABLE), test_year_adds_up);
  g_test_add_data_func ("/rules/tax/a-year-adds-up/regular", GUINT_TO_POINTER (ARMMS_TAX_METHOD_REGULAR), test_year_adds_up);
  g_test_add_data_func ("/rules/tax/a-year-adds-up/cumulative", GUINT_TO_POINTER (ARMMS_TAX_METHOD_CUMULATIVE), test_year_adds_up);
  g_test_add_func ("/rules/tax/regular-and-supplementary", test_split);
  g_test_add_func ("/rules/tax/minimum-wage-earner", test_minimum_wage_earner);
  g_test_add_func ("/rules/tax/a-tax-explains-itself", test_trace);
  return g_test_run ();
}
