/* What the tenant may choose: the default and another choice give different figures; what does not fit is refused and changes nothing. */
#include "tests/server/statutory/law-folder.h"

#include "server/statutory/settings.h"

#include <string.h>

static ArmmsDate
day (const char *text)
{
  ArmmsDate date;

  g_assert_true (armms_date_parse (text, &date));
  return date;
}

/* The shipped law with one choice (NULL: none), settled for May 2026. (transfer full) */
static ArmmsStatutoryTables *
tables_with (const char *key, const char *value)
{
  g_autofree char *folder = law_folder_shipped ();
  g_autoptr(GError) error = NULL;
  ArmmsStatutoryTables *tables = armms_statutory_tables_new_from_folder (folder, &error);

  g_assert_no_error (error);
  if (key != NULL)
    g_assert_true (armms_statutory_settings_set (&tables->settings, key, value, &error));
  g_assert_true (armms_statutory_tables_settle (tables, day ("2026-05-31"), &error));
  g_assert_no_error (error);
  return tables;
}

/* PhilHealth of 755 a day, and the monthly equivalent that HDMF goes by. */
static void
assert_factors (const ArmmsStatutoryTables *tables, gint64 philhealth_base, gint64 employee, gint64 employer, gint64 hdmf_base)
{
  ArmmsContribution due;
  ArmmsMoney monthly;

  g_assert_true (armms_equivalent_monthly (ARMMS_MONEY (75500), tables->settings.philhealth_factor, &monthly, NULL));
  g_assert_cmpint (monthly.centavos, ==, philhealth_base);
  g_assert_true (armms_contribution_due (&tables->contributions, ARMMS_SCHEME_PHILHEALTH, monthly, day ("2026-05-31"), &due, NULL));
  g_assert_cmpint (due.employee.centavos, ==, employee);
  g_assert_cmpint (due.employer.centavos, ==, employer);
  g_assert_true (armms_equivalent_monthly (ARMMS_MONEY (75500), tables->settings.equivalent_factor, &monthly, NULL));
  g_assert_cmpint (monthly.centavos, ==, hdmf_base);
}

static void
test_philhealth_factor (void)
{
  g_autoptr(ArmmsStatutoryTables) by_default = tables_with (NULL, NULL);
  g_autoptr(ArmmsStatutoryTables) own = tables_with ("philhealth_factor", "313");
  g_autoptr(ArmmsStatutoryTables) both = tables_with ("equivalent_factor", "313");
  g_autoptr(ArmmsStatutoryTables) as_the_other = tables_with ("philhealth_factor", "equivalent_factor");

  assert_factors (by_default, 2475771, 61894, 61895, 2475771); /* 755 x 393.5 / 12, 5 % */
  assert_factors (own, 1969292, 49232, 49233, 2475771);        /* 755 x 313 / 12 */
  assert_factors (both, 1969292, 49232, 49233, 1969292);
  assert_factors (as_the_other, 2475771, 61894, 61895, 2475771);
}

static void
test_hdmf_part_month_base (void)
{
  g_autoptr(ArmmsStatutoryTables) by_default = tables_with (NULL, NULL);
  g_autoptr(ArmmsStatutoryTables) earned = tables_with ("hdmf_part_month_base", "earned");
  const ArmmsMoney monthly = ARMMS_MONEY (2475771), so_far = ARMMS_MONEY (377500);

  g_assert_cmpint (armms_hdmf_base (by_default->settings.hdmf_part_month_base, TRUE, monthly, so_far).centavos, ==, 2475771);
  g_assert_cmpint (armms_hdmf_base (earned->settings.hdmf_part_month_base, TRUE, monthly, so_far).centavos, ==, 377500);
}

static void
assert_return (const char *value, const char *separated_on, const char *by)
{
  g_autoptr(ArmmsStatutoryTables) tables = tables_with (value != NULL ? "deposit_return_days" : NULL, value);
  ArmmsDate date;

  g_assert_true (armms_statutory_deposit_return_by (tables, day (separated_on), &date, NULL));
  g_assert_cmpint (date.days, ==, day (by).days);
}

static void
test_deposit_return_days (void)
{
  g_autoptr(ArmmsStatutoryTables) tables = tables_with (NULL, NULL);
  g_autoptr(GError) error = NULL;
  ArmmsDate date = day ("2026-05-31");

  assert_return (NULL, "2026-05-31", "2026-06-10");
  assert_return ("15", "2026-05-31", "2026-06-15");
  assert_return ("0", "2026-05-31", "2026-05-31");
  assert_return ("30", "2026-12-15", "2027-01-14");
  g_assert_false (armms_statutory_deposit_return_by (tables, day ("1974-10-31"), &date, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
  g_assert_cmpint (date.days, ==, day ("2026-05-31").days);
}

/* Eight hours at 755 a day on a regular holiday that is a special day too: 200 %, or 300 % where both count. */
static void
test_regular_and_special (void)
{
  static const struct { ArmmsHolidayClash clash; gint64 pay; } cases[] = { { ARMMS_HOLIDAY_CLASH_REGULAR, 151000 }, { ARMMS_HOLIDAY_CLASH_DOUBLE, 226500 } };
  g_autoptr(ArmmsStatutoryTables) tables = tables_with (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ArmmsCell cell = ARMMS_CELL (armms_day_type_join (cases[i].clash, ARMMS_DAY_REGULAR, ARMMS_DAY_SPECIAL), FALSE, FALSE, FALSE);
      const ArmmsPremiumRow *row = armms_premium_find (&tables->premiums, cell, day ("2026-11-30"));
      ArmmsMoney pay;

      g_assert_true (armms_rate_pay ((ArmmsRate) { 75500, 480 }, ARMMS_MINUTES (480), armms_premium_multiplier (row, cell, ARMMS_PREMIUM_FULL), &pay, NULL));
      g_assert_cmpint (pay.centavos, ==, cases[i].pay);
    }
}

static void
test_recover_deferred_share (void)
{
  g_autoptr(ArmmsStatutoryTables) by_default = tables_with (NULL, NULL);
  g_autoptr(ArmmsStatutoryTables) never = tables_with ("recover_deferred_share", "never");
  g_autoptr(ArmmsStatutoryTables) again = tables_with ("recover_deferred_share", "next_month");

  g_assert_true (by_default->settings.recover_deferred_share);
  g_assert_false (never->settings.recover_deferred_share);
  g_assert_true (again->settings.recover_deferred_share);
}

static void
test_refused (void)
{
  static const struct { const char *key, *value; } bad[] = {
    { "philhealth_factor", "0" }, { "philhealth_factor", "-313" }, { "philhealth_factor", "the same" }, { "philhealth_factor", "" },
    { "hdmf_part_month_base", "Earned" }, { "hdmf_part_month_base", "" }, { "recover_deferred_share", "true" }, { "recover_deferred_share", "" },
    { "deposit_return_days", "-1" }, { "deposit_return_days", "366" }, { "deposit_return_days", "10.5" }, { "deposit_return_days", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      ArmmsStatutorySettings settings, before;
      g_autoptr(GError) error = NULL;

      armms_statutory_settings_init (&settings);
      before = settings;
      g_assert_false (armms_statutory_settings_set (&settings, bad[i].key, bad[i].value, &error));
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
      g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.setting");
      g_assert_nonnull (strstr (error->message, bad[i].key));
      g_assert_cmpmem (&settings, sizeof settings, &before, sizeof before);
    }
}

/* Each says what it stands for, and either a word by default or a figure of the law. */
static void
test_each_states_its_default (void)
{
  for (const ArmmsStatutorySetting *setting = armms_statutory_settings; setting->key != NULL; setting++)
    {
      g_assert_cmpuint (strlen (setting->about), >, 20);
      g_assert_true ((setting->fallback != NULL) != (setting->limit != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statutory/settings/philhealth-by-a-factor-of-its-own", test_philhealth_factor);
  g_test_add_func ("/statutory/settings/hdmf-of-a-part-month", test_hdmf_part_month_base);
  g_test_add_func ("/statutory/settings/a-deposit-is-given-back", test_deposit_return_days);
  g_test_add_func ("/statutory/settings/a-regular-holiday-and-a-special-day", test_regular_and_special);
  g_test_add_func ("/statutory/settings/a-share-not-taken", test_recover_deferred_share);
  g_test_add_func ("/statutory/settings/what-is-refused", test_refused);
  g_test_add_func ("/statutory/settings/each-states-its-default", test_each_states_its_default);
  return g_test_run ();
}
