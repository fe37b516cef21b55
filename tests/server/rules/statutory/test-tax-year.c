/* Whatever was paid and whatever the method on the way: after annualisation the year's tax is the annual table's. */
#include "../law-case.h"

typedef struct {
  ArmmsTaxMethod method;
  gboolean other_employer, changing; /* of method within the year */
} Way;

static const struct { const char *name; Way way; } ways[] = {
  { "table", { ARMMS_TAX_METHOD_TABLE } },
  { "regular", { ARMMS_TAX_METHOD_REGULAR } },
  { "cumulative", { ARMMS_TAX_METHOD_CUMULATIVE } },
  { "any of them", { ARMMS_TAX_METHOD_TABLE, .changing = TRUE } },
  { "table, another employer before", { ARMMS_TAX_METHOD_TABLE, .other_employer = TRUE } },
  { "regular, another employer before", { ARMMS_TAX_METHOD_REGULAR, .other_employer = TRUE } },
};

static const struct { ArmmsTaxPeriod period; gint n, most; } spans[] = {
  { ARMMS_TAX_SEMI_MONTHLY, 24, 2500000 }, { ARMMS_TAX_MONTHLY, 12, 5000000 }, { ARMMS_TAX_WEEKLY, 52, 1200000 }, { ARMMS_TAX_DAILY, 260, 300000 },
};

static ArmmsTax
pay_once (const Way *way, guint span, gboolean last, ArmmsTaxYear *year)
{
  ArmmsTaxable taxable = { .regular = { g_test_rand_int_range (0, spans[span].most) } };
  ArmmsTaxMethod method = way->method;
  g_autoptr(GError) error = NULL;
  ArmmsTax tax;
  gboolean ok;

  if (way->changing)
    method = (ArmmsTaxMethod) g_test_rand_int_range (ARMMS_TAX_METHOD_TABLE, ARMMS_TAX_METHOD_ANNUALISED);
  if (g_test_rand_bit ())
    taxable.supplementary = ARMMS_MONEY (g_test_rand_int_range (0, spans[span].most));
  ok = armms_tax_withhold (&law_tables ()->taxes, method, spans[span].period, law_date ("2026-06-15"), &taxable, year, last, &tax, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  year->taxable.centavos += tax.regular.centavos + tax.supplementary.centavos;
  year->withheld.centavos += tax.tax.centavos;
  year->periods++;
  year->cumulative |= tax.method == ARMMS_TAX_METHOD_CUMULATIVE;
  return tax;
}

static void
test_year (gconstpointer data)
{
  const Way *way = data;

  for (guint round = 0; round < 40; round++)
    {
      guint span = round % G_N_ELEMENTS (spans);
      ArmmsTaxYear year = { .other_employer = way->other_employer };
      gboolean was_cumulative = FALSE;
      ArmmsTax whole;

      if (way->other_employer)
        {
          year.taxable_elsewhere = ARMMS_MONEY (g_test_rand_int_range (0, 30000000));
          year.withheld_elsewhere = ARMMS_MONEY (g_test_rand_int_range (0, 9000000));
        }
      for (gint period = 1; period <= spans[span].n; period++)
        {
          gboolean last = period == spans[span].n;
          gint64 withheld = year.withheld.centavos;
          ArmmsTax tax = pay_once (way, span, last, &year);

          if (!last)
            g_assert_cmpint (tax.tax.centavos, >=, 0);
          g_assert_cmpint (tax.tax.centavos, >=, -withheld);
          if (was_cumulative && way->method == ARMMS_TAX_METHOD_REGULAR && !last)
            g_assert_cmpint (tax.method, ==, ARMMS_TAX_METHOD_CUMULATIVE);
          was_cumulative = year.cumulative;
        }
      g_assert_true (armms_tax_by_table (&law_tables ()->taxes, ARMMS_TAX_ANNUAL, law_date ("2026-12-31"),
                                         ARMMS_MONEY (year.taxable.centavos + year.taxable_elsewhere.centavos), &whole, NULL));
      /* What the earlier employer withheld too much is not given back here. */
      g_assert_cmpint (year.withheld.centavos, ==, MAX (whole.tax.centavos - year.withheld_elsewhere.centavos, 0));
    }
}

/* A refund is at most what was withheld here, a deficiency is all of it; to the centavo. */
static void
test_refund (void)
{
  static const struct { gint64 taxable, here, elsewhere, tax; } cases[] = {
    { 40000000, 2250000, 0, 0 }, { 40000000, 2250001, 0, -1 }, { 40000000, 2249999, 0, 1 },
    { 40000000, 0, 2250001, 0 }, { 40000000, 5, 2250001, -5 }, { 40000000, 5, 2249999, -4 }, { 40000000, 5, 2249995, 0 }, { 40000000, 5, 2249994, 1 },
    { 25000000, 700, 0, -700 }, { 0, 700, 100, -700 }, { 40000000, 0, 0, 2250000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ArmmsTaxYear year = { .taxable = { cases[i].taxable }, .withheld = { cases[i].here }, .withheld_elsewhere = { cases[i].elsewhere }, .periods = 23 };
      ArmmsTaxable taxable = { 0 };
      ArmmsTax tax;

      g_assert_true (armms_tax_annualised (&law_tables ()->taxes, law_date ("2026-12-31"), &taxable, &year, &tax, NULL));
      g_assert_cmpint (tax.tax.centavos, ==, cases[i].tax);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/tax/a-year-adds-up/", ways[i].name, NULL);
      g_test_add_data_func (g_strdelimit (path, " ,", '-'), &ways[i].way, test_year);
    }
  g_test_add_func ("/rules/tax/refund-and-deficiency", test_refund);
  return g_test_run ();
}
