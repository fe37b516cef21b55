/* The shipped files say what the reference says, row by row, and the printed SSS tables follow from the law's rates. */
#include "../law-case.h"

#include "server/statutory/law/csv.h"

#include <string.h>

static ArmmsCsv *
reference (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "server", "rules", "data", "reference", name, NULL);
  g_autoptr(GError) error = NULL;
  ArmmsCsv *csv = armms_csv_new_from_file (path, &error);

  g_assert_no_error (error);
  return csv;
}

static void
finish (ArmmsCsv *csv)
{
  g_autoptr(GError) error = NULL;

  if (!armms_csv_finish (csv, &error))
    g_error ("%s", error->message);
}

/* The shipped row of a scheme with that number, in the table that begins on @from. */
static const ArmmsContributionRow *
find_contribution (ArmmsScheme scheme, ArmmsDate from, gint64 at_least)
{
  const ArmmsContributionTable *table = &law_tables ()->contributions;

  for (gsize i = 0; i < table->n_rows; i++)
    if (table->rows[i].scheme == scheme && table->rows[i].from.days == from.days && table->rows[i].at_least == at_least)
      return &table->rows[i];
  g_assert_not_reached ();
}

static guint
count_contributions (ArmmsScheme scheme)
{
  guint n = 0;

  for (gsize i = 0; i < law_tables ()->contributions.n_rows; i++)
    n += law_tables ()->contributions.rows[i].scheme == scheme;
  return n;
}

static guint
compare_sss (const char *name)
{
  g_autoptr(ArmmsCsv) csv = reference (name);
  guint n = 0;

  while (armms_csv_next (csv))
    {
      const ArmmsContributionRow *row = find_contribution (ARMMS_SCHEME_SSS, armms_csv_date (csv, "effective_from"), armms_csv_integer (csv, "range_from_c"));
      gint64 to = armms_csv_integer_or (csv, "range_to_c", G_MAXINT64);

      g_assert_cmpint (row->row, ==, armms_csv_integer (csv, "row"));
      g_assert_cmpint (row->below, ==, to == G_MAXINT64 ? G_MAXINT64 : to + 1);
      g_assert_cmpint (row->credit.centavos, ==, armms_csv_integer (csv, "msc_total_c"));
      g_assert_cmpint (row->employee.centavos, ==, armms_csv_integer (csv, "ee_ss_c"));
      g_assert_cmpint (row->employee_mpf.centavos, ==, armms_csv_integer (csv, "ee_mpf_c"));
      g_assert_cmpint (row->employer.centavos, ==, armms_csv_integer (csv, "er_ss_c"));
      g_assert_cmpint (row->employer_mpf.centavos, ==, armms_csv_integer (csv, "er_mpf_c"));
      g_assert_cmpint (row->employer_ec.centavos, ==, armms_csv_integer (csv, "er_ec_c"));
      g_assert_cmpint (row->to.days, ==, armms_csv_date (csv, "effective_to").days);
      n++;
    }
  finish (csv);
  return n;
}

static void
test_sss (void)
{
  guint old = compare_sss ("sss-2023.csv"), now = compare_sss ("sss-2025.csv");

  g_assert_cmpuint (old, ==, 53);
  g_assert_cmpuint (now, ==, 61);
  g_assert_cmpuint (count_contributions (ARMMS_SCHEME_SSS), ==, old + now);
}

static void
test_philhealth (void)
{
  g_autoptr(ArmmsCsv) csv = reference ("philhealth.csv");
  guint n = 0;

  while (armms_csv_next (csv))
    {
      const ArmmsContributionRow *row = find_contribution (ARMMS_SCHEME_PHILHEALTH, armms_csv_date (csv, "effective_from"), 0);
      ArmmsContribution lowest, highest;

      g_assert_cmpint (row->employee_rate.millionths, ==, armms_csv_multiplier (csv, "ee_rate").millionths);
      g_assert_cmpint (row->employer_rate.millionths, ==, armms_csv_multiplier (csv, "er_rate").millionths);
      g_assert_cmpint (row->floor.centavos, ==, armms_csv_integer (csv, "income_floor_c"));
      g_assert_cmpint (row->ceiling.centavos, ==, armms_csv_integer (csv, "income_ceiling_c"));
      g_assert_cmpint (row->to.days, ==, armms_csv_date (csv, "effective_to").days);
      g_assert_true (armms_contribution_due (&law_tables ()->contributions, ARMMS_SCHEME_PHILHEALTH, ARMMS_MONEY (1), row->from, &lowest, NULL));
      g_assert_true (armms_contribution_due (&law_tables ()->contributions, ARMMS_SCHEME_PHILHEALTH, ARMMS_MONEY (G_MAXINT32), row->from, &highest, NULL));
      g_assert_cmpint (lowest.premium.centavos, ==, armms_csv_integer (csv, "min_premium_c"));
      g_assert_cmpint (highest.premium.centavos, ==, armms_csv_integer (csv, "max_premium_c"));
      n++;
    }
  finish (csv);
  g_assert_cmpuint (n, ==, count_contributions (ARMMS_SCHEME_PHILHEALTH));
}

static void
test_pagibig (void)
{
  g_autoptr(ArmmsCsv) csv = reference ("pagibig.csv");
  guint n = 0;

  while (armms_csv_next (csv))
    {
      gint64 over = armms_csv_integer (csv, "compensation_over_c"), not_over = armms_csv_integer_or (csv, "compensation_not_over_c", G_MAXINT64);
      const ArmmsContributionRow *row = find_contribution (ARMMS_SCHEME_HDMF, armms_csv_date (csv, "effective_from"), over == 0 ? 0 : over + 1);

      g_assert_cmpint (row->below, ==, not_over == G_MAXINT64 ? G_MAXINT64 : not_over + 1);
      g_assert_cmpint (row->employee_rate.millionths, ==, armms_csv_multiplier (csv, "ee_rate").millionths);
      g_assert_cmpint (row->employer_rate.millionths, ==, armms_csv_multiplier (csv, "er_rate").millionths);
      g_assert_cmpint (row->ceiling.centavos, ==, armms_csv_integer (csv, "max_fund_salary_c"));
      g_assert_cmpint (row->to.days, ==, armms_csv_date (csv, "effective_to").days);
      n++;
    }
  finish (csv);
  g_assert_cmpuint (n, ==, count_contributions (ARMMS_SCHEME_HDMF));
}

static guint
compare_tax (const char *name)
{
  g_autoptr(ArmmsCsv) csv = reference (name);
  const ArmmsTaxTable *table = &law_tables ()->taxes;
  guint n = 0;

  while (armms_csv_next (csv))
    {
      const ArmmsTaxRow *row = NULL;
      ArmmsTaxPeriod period;

      g_assert_true (armms_tax_period_parse (armms_csv_text (csv, "period"), &period));
      for (gsize i = 0; i < table->n_rows && row == NULL; i++)
        if (table->rows[i].period == period && table->rows[i].from.days == armms_csv_date (csv, "effective_from").days
            && table->rows[i].row == armms_csv_integer (csv, "bracket"))
          row = &table->rows[i];
      g_assert_nonnull (row);
      g_assert_cmpint (row->over.centavos, ==, armms_csv_integer (csv, "over_c"));
      g_assert_cmpint (row->base.centavos, ==, armms_csv_integer (csv, "base_tax_c"));
      g_assert_cmpint (row->rate.millionths, ==, armms_csv_multiplier (csv, "rate_on_excess").millionths);
      g_assert_cmpint (row->to.days, ==, armms_csv_date (csv, "effective_to").days);
      n++;
    }
  finish (csv);
  return n;
}

static void
test_tax (void)
{
  g_assert_cmpuint (compare_tax ("withholding-tax-2018.csv") + compare_tax ("withholding-tax-2023.csv"), ==, law_tables ()->taxes.n_rows);
}

static void
test_minimum_wage (void)
{
  g_autoptr(ArmmsCsv) csv = reference ("minimum-wage.csv");
  const ArmmsMinimumWageTable *table = &law_tables ()->wages;
  gsize n = 0;

  while (armms_csv_next (csv))
    {
      const ArmmsMinimumWageRow *row = &table->rows[n++];

      g_assert_cmpstr (row->region, ==, armms_csv_text (csv, "region"));
      g_assert_cmpstr (row->area, ==, armms_csv_text (csv, "area"));
      g_assert_cmpstr (row->sector, ==, armms_csv_text (csv, "sector"));
      g_assert_cmpint (row->daily.centavos, ==, armms_csv_integer (csv, "daily_rate_c"));
      g_assert_cmpstr (row->confidence, ==, armms_csv_text (csv, "confidence"));
      g_assert_cmpint (row->cola.centavos, ==, armms_csv_integer (csv, "cola_c"));
      g_assert_cmpstr (row->order, ==, armms_csv_text (csv, "wage_order"));
      g_assert_cmpint (row->from.days, ==, armms_csv_date (csv, "effective_from").days);
      g_assert_cmpint (row->to.days, ==, armms_csv_date (csv, "effective_to").days);
      g_assert_cmpint (row->in_force, ==, strcmp (armms_csv_text (csv, "status"), "enjoined") != 0);
    }
  finish (csv);
  g_assert_cmpuint (n, ==, table->n_rows);
}

static void
test_premiums (void)
{
  g_autoptr(ArmmsCsv) csv = reference ("premium-matrix.csv");
  const ArmmsPremiumTable *table = &law_tables ()->premiums;
  guint n = 0;

  while (armms_csv_next (csv))
    {
      ArmmsDayType day_type;
      const ArmmsPremiumRow *row;

      g_assert_true (armms_day_type_parse (armms_csv_text (csv, "day_type"), &day_type));
      row = armms_premium_find (table, ARMMS_CELL (day_type, armms_csv_integer (csv, "rest_day") != 0, FALSE, FALSE), law_date ("2026-05-31"));
      g_assert_nonnull (row);
      g_assert_cmpint (row->unworked.millionths, ==, armms_csv_multiplier (csv, "unworked_qualified").millionths);
      g_assert_cmpint (row->first8.millionths, ==, armms_csv_multiplier (csv, "first8").millionths);
      g_assert_cmpint (row->overtime.millionths, ==, armms_csv_multiplier (csv, "overtime").millionths);
      g_assert_cmpint (row->first8_night.millionths, ==, armms_csv_multiplier (csv, "first8_night").millionths);
      g_assert_cmpint (row->overtime_night.millionths, ==, armms_csv_multiplier (csv, "overtime_night").millionths);
      n++;
    }
  finish (csv);
  g_assert_cmpuint (n, >=, table->n_rows);
}

static void
test_holidays (void)
{
  static const char *const files[] = { "holidays-2025.csv", "holidays-2026.csv", "holidays-2027.csv" };
  const ArmmsHolidayTable *table = &law_tables ()->holidays;
  gsize n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(ArmmsCsv) csv = reference (files[i]);

      while (armms_csv_next (csv))
        {
          const ArmmsHolidayRow *row = &table->rows[n++];

          g_assert_cmpint (row->date.days, ==, armms_csv_date (csv, "date").days);
          g_assert_cmpstr (row->name, ==, armms_csv_text (csv, "name"));
          g_assert_cmpstr (row->day_type, ==, armms_csv_text (csv, "day_type"));
          g_assert_cmpstr (row->scope, ==, armms_csv_text (csv, "scope"));
        }
      finish (csv);
    }
  g_assert_cmpuint (n, ==, table->n_rows);
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
  g_test_add_func ("/law/shipped/sss", test_sss);
  g_test_add_func ("/law/shipped/philhealth", test_philhealth);
  g_test_add_func ("/law/shipped/pagibig", test_pagibig);
  g_test_add_func ("/law/shipped/withholding-tax", test_tax);
  g_test_add_func ("/law/shipped/minimum-wage", test_minimum_wage);
  g_test_add_func ("/law/shipped/premium-matrix", test_premiums);
  g_test_add_func ("/law/shipped/holidays", test_holidays);
  g_test_add_func ("/law/shipped/factors", test_factor_cover);
  return g_test_run ();
}
