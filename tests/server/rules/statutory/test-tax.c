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

static gint64
round_half_up (gint64 numerator, gint64 denominator)
{
  return (numerator * 2 + denominator) / (denominator * 2);
}

/* Every bracket of each period of both annexes: its last centavo is still taxed in the bracket below, its first in its own. */
static void
test_every_bracket (gconstpointer data)
{
  const char *date = data;
  guint n = 0;

  for (gsize i = 0; i + 1 < law_tables ()->taxes.n_rows; i++)
    {
      const ArmmsTaxRow *below = &law_tables ()->taxes.rows[i], *row = below + 1;

      if (row->row == 1 || row->from.days > law_date (date).days || (!armms_date_is_none (row->to) && row->to.days < law_date (date).days))
        continue;
      for (gint64 taxable = row->over.centavos - 1; taxable <= row->over.centavos + 1; taxable++)
        {
          const ArmmsTaxRow *in = taxable > row->over.centavos ? row : below;
          ArmmsTax tax = by_table (row->period, date, taxable);

          g_assert_true (tax.row == in);
          g_assert_cmpint (tax.tax.centavos, ==, in->base.centavos + round_half_up ((taxable - in->over.centavos) * in->rate.millionths, 1000000));
        }
      n++;
    }
  g_assert_cmpuint (n, ==, 25);
}

#define PRINTED_SLACK 21 /* centavos: bases of Annex D were printed so far from where their brackets meet */

/* More pay never means less tax, and a centavo more no more than a centavo of tax: but for how the bases were printed. */
static void
test_continuous (gconstpointer data)
{
  const char *date = data;
  gint64 slack = law_date (date).days < law_date ("2023-01-01").days ? PRINTED_SLACK : 0;

  for (guint period = 0; period < ARMMS_N_TAX_PERIODS; period++)
    {
      for (gsize i = 0; i < law_tables ()->taxes.n_rows; i++)
        {
          gint64 over = law_tables ()->taxes.rows[i].over.centavos;
          gint64 step = by_table (period, date, over + 1).tax.centavos - by_table (period, date, over).tax.centavos;

          g_assert_cmpint (step, >=, -slack);
          g_assert_cmpint (step, <=, 1 + slack);
        }
      for (guint round = 0; round < 2000; round++)
        {
          gint64 less = g_test_rand_int_range (0, G_MAXINT32), more = less + g_test_rand_int_range (0, 1000000);
          gint64 tax = by_table (period, date, less).tax.centavos, above = by_table (period, date, more).tax.centavos;

          g_assert_cmpint (tax, >=, 0);
          g_assert_cmpint (above, >=, tax - slack);
          g_assert_cmpint (above - tax, <=, more - less + slack);
        }
    }
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

/* Each reason for the cumulative average alone, and a centavo beside it, in every pay period of both annexes. */
static void
test_reasons (gconstpointer data)
{
  const char *date = data;

  for (guint period = 0; period < ARMMS_TAX_ANNUAL; period++)
    {
      gint64 first = 0;
      struct { gint64 regular, supplementary; gboolean cumulative, other_employer; ArmmsTaxMethod method; } reasons[] = {
        { 0, 1, FALSE, FALSE, ARMMS_TAX_METHOD_CUMULATIVE },         /* (i) below the first taxable bracket, and supplementary pay */
        { 0, 0, FALSE, FALSE, ARMMS_TAX_METHOD_REGULAR },            /* no supplementary pay */
        { 1, 1, FALSE, FALSE, ARMMS_TAX_METHOD_REGULAR },            /* a centavo above the bracket */
        { 1, -1, FALSE, FALSE, ARMMS_TAX_METHOD_CUMULATIVE },        /* (ii) as much supplementary as regular */
        { 1, -2, FALSE, FALSE, ARMMS_TAX_METHOD_REGULAR },           /* a centavo less */
        { 1, -3, FALSE, FALSE, ARMMS_TAX_METHOD_CUMULATIVE },        /* a centavo more */
        { 1, 0, FALSE, TRUE, ARMMS_TAX_METHOD_CUMULATIVE },          /* (iii) hired from another employer this year */
        { 1, 0, TRUE, FALSE, ARMMS_TAX_METHOD_CUMULATIVE },          /* on it since an earlier period */
        { 0, 0, TRUE, FALSE, ARMMS_TAX_METHOD_CUMULATIVE },
      };

      for (gsize i = 0; i < law_tables ()->taxes.n_rows; i++)
        if (law_tables ()->taxes.rows[i].period == period && law_tables ()->taxes.rows[i].row == 2)
          first = law_tables ()->taxes.rows[i].over.centavos;
      for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
        {
          gint64 regular = first + reasons[i].regular;
          gint64 beside[] = { regular, regular - 1, regular + 1 };
          ArmmsTaxable taxable = { .regular = { regular }, .supplementary = { reasons[i].supplementary >= 0 ? reasons[i].supplementary : beside[-reasons[i].supplementary - 1] } };
          ArmmsTaxYear year = { .cumulative = reasons[i].cumulative, .other_employer = reasons[i].other_employer };
          ArmmsTax tax;

          g_assert_true (armms_tax_withhold (&law_tables ()->taxes, ARMMS_TAX_METHOD_REGULAR, period, law_date (date), &taxable, &year, FALSE, &tax, NULL));
          g_assert_cmpint (tax.method, ==, reasons[i].method);
          g_assert_cmpint (tax.tax.centavos, >=, 0);
        }
    }
}

/* The bracket is the regular pay's own; its rate reaches into what is supplementary. Published: RR 11-2018, illustrations 9 and 11. */
static void
test_published (void)
{
  ArmmsTaxable taxable = { .regular = { 16500000 }, .supplementary = { 500000 } };
  ArmmsTaxYear year = { .taxable = { 6500000 }, .withheld = { 366680 }, .periods = 2 };
  ArmmsTax tax;

  g_assert_true (armms_tax_regular (&law_tables ()->taxes, ARMMS_TAX_MONTHLY, law_date ("2018-03-31"), &taxable, &tax, NULL));
  g_assert_cmpint (tax.tax.centavos, ==, 4183323);
  taxable = (ArmmsTaxable) { .regular = { 3000000 } };
  g_assert_true (armms_tax_cumulative (&law_tables ()->taxes, ARMMS_TAX_MONTHLY, law_date ("2018-03-31"), &taxable, &year, &tax, NULL));
  g_assert_cmpint (tax.average.centavos, ==, 3166667);
  g_assert_cmpint (tax.cumulative_tax.centavos, ==, 650019);
  g_assert_cmpint (tax.tax.centavos, ==, 283339);
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

/* The status is of a guard and a date: NCR-28 makes a minimum wage earner of whom NCR-26 left above it. */
static void
test_earner_by_date (void)
{
  static const struct { const char *date; gint64 daily; gboolean earner; } earners[] = {
    { "2026-09-25", 69500, TRUE }, { "2026-09-25", 69501, FALSE }, { "2026-09-25", 75500, FALSE },
    { "2026-09-26", 75500, TRUE }, { "2026-09-26", 75501, FALSE }, { "2026-09-26", 69501, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (earners); i++)
    {
      ArmmsTaxPay pay = { .basic = { earners[i].daily * 13 }, .overtime = { 500000 }, .night = { 60000 }, .holiday = { 70000 }, .other_supplementary = { 20000000 },
                          .other_regular = { 100 }, .contributions = { 90000 } };
      ArmmsMinimumWage wage;
      ArmmsTaxable taxable;

      g_assert_true (armms_minimum_wage_in_force (&law_tables ()->wages, "NCR", NULL, "non-agriculture", law_date (earners[i].date), &wage, NULL));
      pay.minimum_wage_earner = armms_minimum_wage_earner (&wage, ARMMS_MONEY (earners[i].daily));
      g_assert_cmpint (pay.minimum_wage_earner, ==, earners[i].earner);
      taxable = split (pay);
      g_assert_cmpint (taxable.exempt.centavos, ==, earners[i].earner ? earners[i].daily * 13 + 630000 : 0);
      /* A commission of 200,000 is taxed on its own and leaves the wage exempt. */
      g_assert_cmpint (taxable.regular.centavos, ==, earners[i].earner ? 100 : earners[i].daily * 13 + 70000 + 60000 + 100 - 90000);
      g_assert_cmpint (taxable.supplementary.centavos, ==, earners[i].earner ? 20000000 : 20500000);
    }
}

static void
test_overflow (void)
{
  const ArmmsTaxTable *table = &law_tables ()->taxes;
  const ArmmsMoney most = ARMMS_MONEY (G_MAXINT64), one = ARMMS_MONEY (1);
  const ArmmsTaxPay pays[] = {
    { .basic = most, .other_regular = one }, { .overtime = most, .other_supplementary = one }, { .basic = most, .night = one, .minimum_wage_earner = TRUE },
    { .overtime = ARMMS_MONEY (-G_MAXINT64), .contributions = ARMMS_MONEY (G_MAXINT64) },
  };
  const ArmmsTaxable two = { .regular = most, .supplementary = one };
  const ArmmsTaxYear year = { .taxable = most }, withheld = { .withheld = ARMMS_MONEY (-G_MAXINT64) }, both = { .withheld = most, .withheld_elsewhere = one };
  const ArmmsTaxable rich = { .regular = ARMMS_MONEY (G_MAXINT64 / 2) };
  ArmmsTaxable taxable;
  ArmmsTax tax;

  for (guint i = 0; i < G_N_ELEMENTS (pays); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (armms_tax_split (&pays[i], &taxable, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
    }
  g_assert_false (armms_tax_withhold (table, ARMMS_TAX_METHOD_TABLE, ARMMS_TAX_MONTHLY, law_date ("2026-05-31"), &two, &withheld, FALSE, &tax, NULL));
  g_assert_false (armms_tax_regular (table, ARMMS_TAX_MONTHLY, law_date ("2026-05-31"), &two, &tax, NULL));
  g_assert_false (armms_tax_cumulative (table, ARMMS_TAX_MONTHLY, law_date ("2026-05-31"), &two, &year, &tax, NULL));
  g_assert_false (armms_tax_cumulative (table, ARMMS_TAX_MONTHLY, law_date ("2026-05-31"), &rich, &withheld, &tax, NULL));
  g_assert_false (armms_tax_annualised (table, law_date ("2026-05-31"), &two, &year, &tax, NULL));
  g_assert_false (armms_tax_annualised (table, law_date ("2026-05-31"), &rich, &withheld, &tax, NULL));
  g_assert_false (armms_tax_annualised (table, law_date ("2026-05-31"), &rich, &both, &tax, NULL));
}

static void
test_refused (void)
{
  const ArmmsTaxTable *table = &law_tables ()->taxes;
  const ArmmsTaxable taxable = { .regular = { 100 } };
  const ArmmsTaxYear none = { 0 }, before = { .periods = -1 }, beyond = { .periods = 367 };
  const ArmmsTaxYear *const years[] = { &before, &beyond };
  ArmmsTax tax;

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (armms_tax_cumulative (table, ARMMS_TAX_MONTHLY, law_date ("2026-05-31"), &taxable, years[i], &tax, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "tax.periods");
    }
  for (guint method = ARMMS_TAX_METHOD_TABLE; method <= ARMMS_TAX_METHOD_ANNUALISED; method++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (armms_tax_withhold (table, method, ARMMS_TAX_MONTHLY, law_date ("2017-12-31"), &taxable, &none, FALSE, &tax, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
      g_assert_nonnull (strstr (error->message, "2017-12-31"));
    }
}

static void
test_names (void)
{
  ArmmsTaxPeriod period;
  ArmmsTaxMethod method;
  ArmmsTaxTable table;

  for (guint i = 0; i < ARMMS_N_TAX_PERIODS; i++)
    {
      g_assert_true (armms_tax_period_parse (armms_tax_period_name (i), &period));
      g_assert_cmpint (period, ==, i);
    }
  for (guint i = ARMMS_TAX_METHOD_TABLE; i <= ARMMS_TAX_METHOD_ANNUALISED; i++)
    {
      g_assert_true (armms_tax_method_parse (armms_tax_method_name (i), &method));
      g_assert_cmpint (method, ==, i);
    }
  g_assert_false (armms_tax_period_parse ("hourly", &period));
  g_assert_false (armms_tax_method_parse ("guess", &method));
  armms_tax_table_index (&table, NULL, 0);
  g_assert_cmpuint (table.n_rows, ==, 0);
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
  static const char *const annexes[] = { "2022-12-31", "2026-05-31" };

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
  for (guint i = 0; i < G_N_ELEMENTS (annexes); i++)
    {
      g_autofree char *brackets = g_strconcat ("/rules/tax/every-bracket/", annexes[i], NULL);
      g_autofree char *continuous = g_strconcat ("/rules/tax/continuous/", annexes[i], NULL);
      g_autofree char *reasons = g_strconcat ("/rules/tax/reasons-of-the-cumulative-average/", annexes[i], NULL);

      g_test_add_data_func (brackets, annexes[i], test_every_bracket);
      g_test_add_data_func (continuous, annexes[i], test_continuous);
      g_test_add_data_func (reasons, annexes[i], test_reasons);
    }
  g_test_add_func ("/rules/tax/published-illustrations", test_published);
  g_test_add_func ("/rules/tax/an-earner-by-date", test_earner_by_date);
  g_test_add_func ("/rules/tax/overflow-is-an-error", test_overflow);
  g_test_add_func ("/rules/tax/refused", test_refused);
  g_test_add_func ("/rules/tax/names", test_names);
  g_test_add_func ("/rules/tax/regular-and-supplementary", test_split);
  g_test_add_func ("/rules/tax/minimum-wage-earner", test_minimum_wage_earner);
  g_test_add_func ("/rules/tax/a-tax-explains-itself", test_trace);
  return g_test_run ();
}
