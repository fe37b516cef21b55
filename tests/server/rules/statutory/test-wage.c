/* Minimum wage, 13th month, leave in money, de minimis. */
#include "../law-case.h"

static ArmmsMinimumWage
wage_in (const char *region, const char *area, const char *sector, const char *date)
{
  return armms_minimum_wage_find (&law_tables ()->wages, region, area, sector, law_date (date));
}

static const struct {
  const char *name, *region, *area, *sector, *date;
  gint64 lowest, highest;
} cases[] = {
  { "NCR before the order of 2025", "NCR", NULL, "non-agriculture", "2025-07-17", 64500, 64500 },
  { "NCR from the order of 2025", "NCR", NULL, "non-agriculture", "2025-07-18", 69500, 69500 },
  { "NCR in the sample month", "NCR", "Manila", "non-agriculture", "2026-05-31", 69500, 69500 },
  { "NCR while NCR-27 is stopped by the court", "NCR", NULL, "non-agriculture", "2026-09-25", 69500, 69500 },
  { "NCR from NCR-28", "NCR", NULL, "non-agriculture", "2026-09-26", 75500, 75500 },
  { "small establishments have their own row", "NCR", NULL, "agriculture", "2026-05-31", 65800, 65800 },
  { "Central Luzon without an area", "III", NULL, "non-agriculture", "2026-05-31", 56000, 60000 },
  { "Central Luzon, Bulacan", "III", "Bulacan", "non-agriculture", "2026-05-31", 60000, 60000 },
  { "Central Luzon, Aurora", "III", "Aurora", "non-agriculture", "2026-05-31", 56000, 56000 },
  { "Central Luzon before the tranche", "III", "Bulacan", "non-agriculture", "2026-04-15", 57000, 57000 },
  { "Central Visayas: a row for all sectors", "VII", "Class A", "non-agriculture", "2026-05-31", 54000, 54000 },
};

static void
test_wage (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsMinimumWage wage = wage_in (cases[i].region, cases[i].area, cases[i].sector, cases[i].date);

  g_assert_nonnull (wage.lowest);
  g_assert_cmpint (wage.lowest->daily.centavos, ==, cases[i].lowest);
  g_assert_cmpint (wage.highest->daily.centavos, ==, cases[i].highest);
}

static void
test_earner (void)
{
  ArmmsMinimumWage wage = wage_in ("NCR", NULL, "non-agriculture", "2026-05-31");
  ArmmsMinimumWage none = wage_in ("NCR", NULL, "non-agriculture", "1990-01-01");

  g_assert_true (armms_minimum_wage_earner (&wage, ARMMS_MONEY (69500)));
  g_assert_false (armms_minimum_wage_earner (&wage, ARMMS_MONEY (69501)));
  g_assert_true (armms_minimum_wage_undercut (&wage, ARMMS_MONEY (69499)));
  g_assert_false (armms_minimum_wage_undercut (&wage, ARMMS_MONEY (69500)));
  g_assert_null (none.lowest);
  g_assert_false (armms_minimum_wage_earner (&none, ARMMS_MONEY (1)));
  g_assert_false (armms_minimum_wage_undercut (&none, ARMMS_MONEY (1)));
}

/* A wage order turns a guard into a minimum wage earner: the status is of a date. */
static void
test_order_changes_status (void)
{
  ArmmsMinimumWage before = wage_in ("NCR", NULL, "non-agriculture", "2026-09-25");
  ArmmsMinimumWage after = wage_in ("NCR", NULL, "non-agriculture", "2026-09-26");

  g_assert_false (armms_minimum_wage_earner (&before, ARMMS_MONEY (74000)));
  g_assert_true (armms_minimum_wage_earner (&after, ARMMS_MONEY (74000)));
}

/* What accrues in each period adds up to the twelfth of the year, to the centavo. */
static void
test_thirteenth (void)
{
  for (guint round = 0; round < 100; round++)
    {
      gint64 basic = 0, accrued = 0;
      ArmmsMoney amount;

      for (guint period = 0; period < 24; period++)
        {
          gint64 now = g_test_rand_int_range (0, 1500000);

          g_assert_true (armms_thirteenth_month_accrual (ARMMS_MONEY (basic), ARMMS_MONEY (now), &amount, NULL));
          g_assert_cmpint (amount.centavos, >=, 0);
          accrued += amount.centavos;
          basic += now;
        }
      g_assert_true (armms_thirteenth_month (ARMMS_MONEY (basic), &amount, NULL));
      g_assert_cmpint (accrued, ==, amount.centavos);
    }
}

static void
test_pool (void)
{
  ArmmsMoney exempt, taxable;

  armms_benefit_pool_split (ARMMS_MONEY (9000000), ARMMS_MONEY (9000000), &exempt, &taxable);
  g_assert_cmpint (exempt.centavos, ==, 9000000);
  g_assert_cmpint (taxable.centavos, ==, 0);
  armms_benefit_pool_split (ARMMS_MONEY (9000001), ARMMS_MONEY (9000000), &exempt, &taxable);
  g_assert_cmpint (exempt.centavos, ==, 9000000);
  g_assert_cmpint (taxable.centavos, ==, 1);
}

static void
test_de_minimis (void)
{
  const ArmmsDeMinimisTable *table = &law_tables ()->de_minimis;
  const ArmmsDeMinimisRow *row;
  ArmmsMoney exempt, excess;

  g_assert_true (armms_de_minimis_split (table, "rice_subsidy", law_date ("2026-01-05"), ARMMS_MONEY (250000), ARMMS_MONEY (0), &exempt, &excess, &row, NULL));
  g_assert_cmpint (exempt.centavos, ==, 200000);
  g_assert_true (armms_de_minimis_split (table, "rice_subsidy", law_date ("2026-01-06"), ARMMS_MONEY (250000), ARMMS_MONEY (0), &exempt, &excess, &row, NULL));
  g_assert_cmpint (excess.centavos, ==, 0);
  g_assert_true (armms_de_minimis_split (table, "meal_ot_night", law_date ("2026-05-31"), ARMMS_MONEY (25000), ARMMS_MONEY (69500), &exempt, &excess, &row, NULL));
  g_assert_cmpint (exempt.centavos, ==, 20850);
  g_assert_false (armms_de_minimis_split (table, "no_such", law_date ("2026-05-31"), ARMMS_MONEY (1), ARMMS_MONEY (0), &exempt, &excess, &row, NULL));
}

static void
test_factor_cover (void)
{
  gboolean rest_days, special_days;

  g_assert_true (armms_statutory_factor_cover ((ArmmsMultiplier) { 365000000 }, &rest_days, &special_days));
  g_assert_true (rest_days && special_days);
  g_assert_true (armms_statutory_factor_cover ((ArmmsMultiplier) { 261000000 }, &rest_days, &special_days));
  g_assert_true (!rest_days && special_days);
  g_assert_true (armms_statutory_factor_cover ((ArmmsMultiplier) { 305000000 }, &rest_days, &special_days));
  g_assert_true (!rest_days && !special_days);
  g_assert_false (armms_statutory_factor_cover ((ArmmsMultiplier) { 300000000 }, &rest_days, &special_days));
  g_assert_true (!rest_days && !special_days);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), " :,", '-');
      g_autofree char *path = g_strconcat ("/rules/wage/", name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_wage);
    }
  g_test_add_func ("/rules/wage/earner-and-undercut", test_earner);
  g_test_add_func ("/rules/wage/an-order-changes-the-status", test_order_changes_status);
  g_test_add_func ("/rules/thirteenth-month/accruals-add-up", test_thirteenth);
  g_test_add_func ("/rules/thirteenth-month/pool", test_pool);
  g_test_add_func ("/rules/de-minimis", test_de_minimis);
  g_test_add_func ("/rules/factor-cover", test_factor_cover);
  return g_test_run ();
}
