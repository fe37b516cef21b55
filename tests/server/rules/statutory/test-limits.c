/* Single figures of the law: the one in force on a day, or an error that names it. */
#include "../law-case.h"

#include <string.h>

static gint64
limit (const char *name, ArmmsLimitUnit unit, const char *date)
{
  g_autoptr(GError) error = NULL;
  const ArmmsLimitRow *row = armms_limit_find (&law_tables ()->limits, name, unit, law_date (date), &error);

  g_assert_no_error (error);
  return row->value;
}

static void
test_pool (void)
{
  g_assert_cmpint (limit (ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, "2015-01-01"), ==, 8200000);
  g_assert_cmpint (limit (ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, "2017-12-31"), ==, 8200000);
  g_assert_cmpint (limit (ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, "2018-01-01"), ==, 9000000);
  g_assert_cmpint (limit (ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, "2026-12-31"), ==, 9000000);
}

static void
test_others (void)
{
  g_assert_cmpint (limit (ARMMS_LIMIT_LOSS_WEEKLY_CAP, ARMMS_LIMIT_BASIS_POINTS, "2014-09-03"), ==, 2000);
  g_assert_cmpint (limit (ARMMS_LIMIT_INCENTIVE_LEAVE, ARMMS_LIMIT_DAYS, "2026-05-31"), ==, 5000000);
  g_assert_cmpint (limit (ARMMS_LIMIT_INCENTIVE_LEAVE_AFTER, ARMMS_LIMIT_MONTHS, "2026-05-31"), ==, 12);
  g_assert_cmpint (limit (ARMMS_LIMIT_EQUIVALENT_FACTOR, ARMMS_LIMIT_DAYS, "2018-01-01"), ==, 393500000);
  g_assert_cmpint (limit (ARMMS_LIMIT_DEPOSIT_RETURN, ARMMS_LIMIT_DAYS, "2026-05-31"), ==, 10000000);
}

static void
test_missing (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (armms_limit_find (&law_tables ()->limits, ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, law_date ("2014-12-31"), &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
  g_assert_nonnull (strstr (error->message, "benefit_pool"));
  g_assert_nonnull (strstr (error->message, "2014-12-31"));
  g_clear_error (&error);
  g_assert_null (armms_limit_find (&law_tables ()->limits, "no_such", ARMMS_LIMIT_CENTAVOS, law_date ("2026-12-31"), &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
}

/* Days read as centavos would be a wrong figure that looks right. */
static void
test_other_unit (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (armms_limit_find (&law_tables ()->limits, ARMMS_LIMIT_INCENTIVE_LEAVE, ARMMS_LIMIT_CENTAVOS, law_date ("2026-12-31"), &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.unit");
}

static void
test_units (void)
{
  ArmmsLimitUnit unit;

  for (guint i = 0; i < ARMMS_N_LIMIT_UNITS; i++)
    {
      g_assert_true (armms_limit_unit_parse (armms_limit_unit_name (i), &unit));
      g_assert_cmpint (unit, ==, i);
    }
  g_assert_false (armms_limit_unit_parse ("pesos", &unit));
}

/* What the tenant chose stands; what he left open is the law's of the day. */
static void
test_settle (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = armms_statutory_tables_new_from_folder (folder, &error);

  g_assert_no_error (error);
  g_assert_false (armms_statutory_tables_settle (tables, law_date ("2014-12-31"), &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
  g_assert_cmpint (tables->settings.benefit_pool.centavos, <, 0);
  g_clear_error (&error);
  tables->settings.floor.weekly_cap_bp = 1500;
  g_assert_true (armms_statutory_tables_settle (tables, law_date ("2017-06-30"), &error));
  g_assert_cmpint (tables->settings.benefit_pool.centavos, ==, 8200000);
  g_assert_cmpint (tables->settings.floor.weekly_cap_bp, ==, 1500);
  g_assert_cmpint (tables->settings.equivalent_factor.millionths, ==, 393500000);

  /* A factor is the contract's; more than the law allows is nobody's choice. */
  tables->settings.equivalent_factor.millionths = 313000000;
  tables->settings.floor.weekly_cap_bp = 2500;
  tables->settings.benefit_pool = ARMMS_MONEY (9500000);
  g_assert_true (armms_statutory_tables_settle (tables, law_date ("2026-05-31"), &error));
  g_assert_cmpint (tables->settings.benefit_pool.centavos, ==, 9000000);
  g_assert_cmpint (tables->settings.floor.weekly_cap_bp, ==, 2000);
  g_assert_cmpint (tables->settings.equivalent_factor.millionths, ==, 313000000);
  tables->settings.floor.weekly_cap_bp = 0;
  g_assert_true (armms_statutory_tables_settle (tables, law_date ("2026-05-31"), &error));
  g_assert_cmpint (tables->settings.floor.weekly_cap_bp, ==, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/limits/the-pool-by-date", test_pool);
  g_test_add_func ("/rules/limits/the-others", test_others);
  g_test_add_func ("/rules/limits/no-row-no-figure", test_missing);
  g_test_add_func ("/rules/limits/another-unit-is-refused", test_other_unit);
  g_test_add_func ("/rules/limits/units", test_units);
  g_test_add_func ("/rules/limits/the-tenant-before-the-law", test_settle);
  return g_test_run ();
}
