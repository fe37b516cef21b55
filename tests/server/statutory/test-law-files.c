/* The law's files without a database: every refusal of every table, and the two changes that a newcomer is asked for. */
#include "tests/server/statutory/law-folder.h"

#include "server/statutory/law/law-files.h"

#include <string.h>

static void
test_shipped (void)
{
  g_autofree char *folder = law_folder_copy (NULL, NULL, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsLawFiles) files = armms_law_files_new (folder, &error);

  g_assert_no_error (error);
  g_assert_nonnull (files);
  law_folder_remove (folder);
}

#define DE_MINIMIS_HEAD "rice_subsidy,month,200000,,,2018-01-01,2026-01-05"
#define LIMIT "benefit_pool,8200000,centavos,2015-01-01,2017-12-31"

static const struct { const char *name, *file, *find, *replace, *code; } cases[] = {
  { "sss: gap", "sss.csv", "2023-01-01,2024-12-31", "2023-01-01,2024-12-30", "statutory.gap" },
  { "sss: overlap", "sss.csv", "2023-01-01,2024-12-31", "2023-01-01,2025-01-01", "statutory.overlap" },
  { "sss: rows that do not join", "sss.csv", "\n2,425000,", "\n2,425001,", "statutory.bracket" },
  { "sss: does not begin at nothing", "sss.csv", "\n1,0,424999", "\n1,1,424999", "statutory.bracket" },
  { "sss: last row closed", "sss.csv", "\n61,3475000,,", "\n61,3475000,9999999,", "statutory.bracket" },
  { "sss: no number", "sss.csv", "\n61,3475000,,", "\n61,3475000x,,", "csv.cell" },
  { "philhealth: gap", "philhealth.csv", "2022-01-01,2023-12-31", "2022-01-01,2023-12-30", "statutory.gap" },
  { "philhealth: overlap", "philhealth.csv", "2022-01-01,2023-12-31", "2022-01-01,2024-01-01", "statutory.overlap" },
  { "philhealth: ends before it begins", "philhealth.csv", "2022-01-01,2023-12-31", "2022-01-01,2021-12-31", "statutory.overlap" },
  { "pagibig: gap", "pagibig.csv", ",2024-01-31,", ",2024-01-30,", "statutory.gap" },
  { "pagibig: overlap", "pagibig.csv", ",2024-01-31,", ",2024-02-01,", "statutory.overlap" },
  { "pagibig: rows that do not join", "pagibig.csv", "2,150001,,0.02,0.02,1000000", "2,150002,,0.02,0.02,1000000", "statutory.bracket" },
  { "tax: gap", "withholding-tax.csv", "2018-01-01,2022-12-31", "2018-01-01,2022-12-30", "statutory.gap" },
  { "tax: overlap", "withholding-tax.csv", "2018-01-01,2022-12-31", "2018-01-01,2023-01-01", "statutory.overlap" },
  { "tax: the tax jumps", "withholding-tax.csv", "\nmonthly,3,3333300,187500", "\nmonthly,3,3333300,197500", "statutory.bracket" },
  { "tax: brackets do not rise", "withholding-tax.csv", "\nweekly,3,769200,43260", "\nweekly,3,480800,0", "statutory.bracket" },
  { "tax: does not begin at nothing", "withholding-tax.csv", "\nannual,1,0,0", "\nannual,1,1,0", "statutory.bracket" },
  { "tax: unknown period", "withholding-tax.csv", "\nannual,1,", "\nyearly,1,", "csv.cell" },
  { "tax: ends twice", "withholding-tax.csv", "\ndaily,2,68500,0,0.20,2018-01-01,2022-12-31", "\ndaily,2,68500,0,0.20,2018-01-01,2022-12-30", "csv.cell" },
  { "minimum wage: gap", "minimum-wage.csv", "2024-07-17,2025-07-17", "2024-07-17,2025-07-16", "statutory.gap" },
  { "minimum wage: overlap", "minimum-wage.csv", "2024-07-17,2025-07-17", "2024-07-17,2025-07-18", "statutory.overlap" },
  { "minimum wage: no amount", "minimum-wage.csv", "61000,0,NCR-24", "0,0,NCR-24", "statutory.bracket" },
  { "minimum wage: no beginning", "minimum-wage.csv", "NCR-24,2023-07-16,2024-07-16", "NCR-24,,2024-07-16", "statutory.bracket" },
  { "de minimis: gap", "de-minimis.csv", DE_MINIMIS_HEAD, "rice_subsidy,month,200000,,,2018-01-01,2026-01-04", "statutory.gap" },
  { "de minimis: overlap", "de-minimis.csv", DE_MINIMIS_HEAD, "rice_subsidy,month,200000,,,2018-01-01,2026-01-06", "statutory.overlap" },
  { "de minimis: unknown span", "de-minimis.csv", DE_MINIMIS_HEAD, "rice_subsidy,week,200000,,,2018-01-01,2026-01-05", "statutory.bracket" },
  { "de minimis: two ceilings", "de-minimis.csv", DE_MINIMIS_HEAD, "rice_subsidy,month,200000,,5,2018-01-01,2026-01-05", "statutory.bracket" },
  { "de minimis: no ceiling", "de-minimis.csv", DE_MINIMIS_HEAD, "rice_subsidy,month,0,,,2018-01-01,2026-01-05", "statutory.bracket" },
  { "premiums: a kind of day is missing", "premium-matrix.csv", "\nspecial,1,", "\nspecial,0,", "statutory.gap" },
  { "premiums: gap", "premium-matrix.csv", "\nordinary,0,0,1,1.25,1.1,1.375,2018-01-01,,", "\nordinary,0,0,1,1.25,1.1,1.375,2018-01-01,2026-12-31,", "statutory.gap" },
  { "premiums: overlap", "premium-matrix.csv", "\nordinary,1,", "\nordinary,0,0,1,1.25,1.1,1.375,2027-01-01,,twice,2026-11-21\nordinary,1,", "statutory.overlap" },
  { "premiums: unknown kind of day", "premium-matrix.csv", "\nordinary,0,", "\nusual,0,", "csv.cell" },
  { "limits: gap", "limits.csv", LIMIT, "benefit_pool,8200000,centavos,2015-01-01,2017-12-30", "statutory.gap" },
  { "limits: overlap", "limits.csv", LIMIT, "benefit_pool,8200000,centavos,2015-01-01,2018-01-01", "statutory.overlap" },
  { "limits: a row is missing", "limits.csv", "loss_weekly_cap", "lost_weekly_cap", "statutory.gap" },
  { "limits: another unit", "limits.csv", LIMIT, "benefit_pool,8200000,days,2015-01-01,2017-12-31", "statutory.unit" },
  { "limits: unknown unit", "limits.csv", LIMIT, "benefit_pool,8200000,pesos,2015-01-01,2017-12-31", "csv.cell" },
  { "limits: not whole", "limits.csv", LIMIT, "benefit_pool,8200000.5,centavos,2015-01-01,2017-12-31", "csv.cell" },
  { "limits: nothing", "limits.csv", LIMIT, "benefit_pool,0,centavos,2015-01-01,2017-12-31", "csv.cell" },
  { "limits: without a name", "limits.csv", LIMIT, ",8200000,centavos,2015-01-01,2017-12-31", "csv.cell" },
  { "holidays: twice", "holidays.csv", "2026-05-01,Labor Day,", "2026-05-01,Labor Day,regular,national,twice,published,2026-11-21\n2026-05-01,Labor Day,", "statutory.overlap" },
  { "holidays: a year without national days", "holidays.csv", "2027-12-31,", "2029-12-31,", "statutory.gap" },
  { "holidays: unknown kind", "holidays.csv", "2026-05-01,Labor Day,regular", "2026-05-01,Labor Day,double_regular", "csv.cell" },
  { "holidays: unknown scope", "holidays.csv", "2026-05-01,Labor Day,regular,national", "2026-05-01,Labor Day,regular,city:", "csv.cell" },
  { "holidays: no date", "holidays.csv", "2026-05-01,Labor Day", ",Labor Day", "csv.cell" },
  { "holidays: no name", "holidays.csv", "2026-05-01,Labor Day", "2026-05-01,", "csv.cell" },
  { "final pay: released at once", "final-pay.csv", "\n30,3,22.5,", "\n0,3,22.5,", "statutory.bracket" },
  { "final pay: no days a year", "final-pay.csv", "\n30,3,22.5,", "\n30,3,0,", "statutory.bracket" },
  { "final pay: closed without a next one", "final-pay.csv", "2020-01-31,,", "2020-01-31,2027-12-31,", "statutory.gap" },
};

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *folder = law_folder_copy (cases[i].file, cases[i].find, cases[i].replace);
  g_autoptr(GError) error = NULL;

  g_assert_null (armms_law_files_new (folder, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
  g_assert_cmpstr (armms_error_get_code (error), ==, cases[i].code);
  g_assert_nonnull (strstr (error->message, folder));
  law_folder_remove (folder);
}

static void
test_file_missing (void)
{
  g_autofree char *folder = g_dir_make_tmp ("armms-law-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (armms_law_files_new (folder, &error));
  g_assert_nonnull (error);
  law_folder_remove (folder);
}

static ArmmsStatutoryTables *
load (const char *folder)
{
  g_autoptr(GError) error = NULL;
  ArmmsStatutoryTables *tables = armms_statutory_tables_new_from_folder (folder, &error);

  g_assert_no_error (error);
  return tables;
}

static ArmmsDate
day (const char *text)
{
  ArmmsDate date = ARMMS_DATE_NONE;

  g_assert_true (armms_date_parse (text, &date));
  return date;
}

/* A night premium of 20 % from 2028 on an ordinary day: two lines of one file. */
static void
test_night_premium (void)
{
  g_autofree char *folder = law_folder_copy ("premium-matrix.csv", "ordinary,0,0,1,1.25,1.1,1.375,2018-01-01,,",
                                             "ordinary,0,0,1,1.25,1.2,1.5,2028-01-01,,a new law,2027-12-01\n"
                                             "ordinary,0,0,1,1.25,1.1,1.375,2018-01-01,2027-12-31,");
  g_autoptr(ArmmsStatutoryTables) tables = load (folder);
  ArmmsCell night = ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, TRUE), night_overtime = ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, TRUE, TRUE);
  const struct { const char *date; gint64 night, overtime; } expected[] = { { "2027-12-31", 1100000, 1375000 }, { "2028-01-01", 1200000, 1500000 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const ArmmsPremiumRow *row = armms_premium_find (&tables->premiums, night, day (expected[i].date));

      g_assert_nonnull (row);
      g_assert_cmpint (armms_premium_multiplier (row, night, ARMMS_PREMIUM_FULL).millionths, ==, expected[i].night);
      g_assert_cmpint (armms_premium_multiplier (row, night_overtime, ARMMS_PREMIUM_FULL).millionths, ==, expected[i].overtime);
    }
  law_folder_remove (folder);
}

/* Next year's SSS table: the old one gets its end, the new one is appended; one file. */
static void
test_next_sss_table (void)
{
  g_autofree char *folder = law_folder_copy ("sss.csv", ",2025-01-01,,", ",2025-01-01,2027-12-31,");
  g_autofree char *path = g_build_filename (folder, "sss.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *longer = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = NULL;
  ArmmsContribution due;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  longer = g_strconcat (text, "1,0,3499999,3000000,200000,0,400000,0,3000,2028-01-01,,made up,2027-12-01\n",
                        "2,3500000,,4000000,200000,100000,400000,200000,3000,2028-01-01,,made up,2027-12-01\n", NULL);
  g_assert_true (g_file_set_contents (path, longer, -1, NULL));
  tables = load (folder);
  g_assert_true (armms_contribution_due (&tables->contributions, ARMMS_SCHEME_SSS, ARMMS_MONEY (3500000), day ("2027-12-31"), &due, NULL));
  g_assert_cmpint (due.employee.centavos, ==, 175000);
  g_assert_true (armms_contribution_due (&tables->contributions, ARMMS_SCHEME_SSS, ARMMS_MONEY (3500000), day ("2028-01-01"), &due, NULL));
  g_assert_cmpint (due.employee.centavos, ==, 300000);
  law_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/law/files/as-shipped", test_shipped);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/law/files/refused/", cases[i].name, NULL);
      g_test_add_data_func (g_strdelimit (path, " :", '-'), GUINT_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/law/files/one-is-missing", test_file_missing);
  g_test_add_func ("/law/files/another-night-premium-is-one-file", test_night_premium);
  g_test_add_func ("/law/files/next-years-sss-table-is-one-file", test_next_sss_table);
  return g_test_run ();
}
