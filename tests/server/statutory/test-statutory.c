/* The law's tables in a database, the tenant's choices, both books. */
#include "tests/server/hr/agency.h"
#include "tests/server/statutory/law-folder.h"

#include "common/wire/events/payrun-closed.h"
#include "server/approvals/approvals.h"
#include "server/iam/iam.h"
#include "server/statutory/law/law-files.h"
#include "server/statutory/statutory-private.h"
#include "server/tenant/tenant.h"
#include "server/timekeeping/timekeeping.h"

#include <glib/gstdio.h>
#include <string.h>

static const ArmmsRoom *const rooms[] = {
  &armms_tenant_room, &armms_iam_room, &armms_approvals_room, &armms_hr_room, &armms_timekeeping_room, &armms_statutory_room, NULL,
};

/* Loads and commits; -1 with *@ret_error when it was refused (and nothing stays). */
static gint64
import_from (Agency *agency, const char *folder, GError **ret_error)
{
  ArmmsWork *work = begin (agency, "gov");
  gint64 tables = -1;

  if (!armms_statutory_import (work, folder, &tables, ret_error))
    {
      armms_work_free (work);
      return -1;
    }
  commit (work);
  return tables;
}

static void
fill_law (Agency *agency)
{
  g_autofree char *folder = law_folder_shipped ();
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (import_from (agency, folder, &error), >, 0);
  g_assert_no_error (error);
}

static ArmmsStatutoryTables *
load (Agency *agency, const char *date)
{
  ArmmsWork *work = begin (agency, "gov");
  g_autoptr(GError) error = NULL;
  ArmmsStatutoryTables *tables = armms_statutory_load_tables (work, date != NULL ? day (date) : ARMMS_DATE_NONE, &error);

  g_assert_no_error (error);
  armms_work_free (work);
  return tables;
}

static void
test_import (void)
{
  Agency agency;
  g_autofree char *folder = law_folder_shipped ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsStatutoryTables) from_files = armms_statutory_tables_new_from_folder (folder, &error);
  g_autoptr(ArmmsStatutoryTables) all = NULL;
  g_autoptr(ArmmsStatutoryTables) may = NULL;

  g_assert_no_error (error);
  agency_set_up (&agency, rooms);
  fill_law (&agency);
  g_assert_cmpint (import_from (&agency, folder, &error), ==, 0);
  g_assert_no_error (error);

  all = load (&agency, NULL);
  g_assert_cmpuint (all->contributions.n_rows, ==, from_files->contributions.n_rows);
  for (gsize i = 0; i < all->contributions.n_rows; i++)
    {
      const ArmmsContributionRow *a = &all->contributions.rows[i], *b = &from_files->contributions.rows[i];

      g_assert_cmpint (a->scheme, ==, b->scheme);
      g_assert_cmpint (a->from.days, ==, b->from.days);
      g_assert_cmpint (a->to.days, ==, b->to.days);
      g_assert_cmpint (a->at_least, ==, b->at_least);
      g_assert_cmpint (a->below, ==, b->below);
      g_assert_cmpint (a->employee.centavos, ==, b->employee.centavos);
      g_assert_cmpint (a->employee_mpf.centavos, ==, b->employee_mpf.centavos);
      g_assert_cmpint (a->employer.centavos, ==, b->employer.centavos);
      g_assert_cmpint (a->employer_ec.centavos, ==, b->employer_ec.centavos);
      g_assert_cmpint (a->employee_rate.millionths, ==, b->employee_rate.millionths);
      g_assert_cmpint (a->ceiling.centavos, ==, b->ceiling.centavos);
      g_assert_cmpstr (a->source, ==, b->source);
    }
  g_assert_cmpuint (all->taxes.n_rows, ==, from_files->taxes.n_rows);
  for (gsize i = 0; i < all->taxes.n_rows; i++)
    {
      g_assert_cmpint (all->taxes.rows[i].over.centavos, ==, from_files->taxes.rows[i].over.centavos);
      g_assert_cmpint (all->taxes.rows[i].base.centavos, ==, from_files->taxes.rows[i].base.centavos);
      g_assert_cmpint (all->taxes.rows[i].rate.millionths, ==, from_files->taxes.rows[i].rate.millionths);
    }
  g_assert_cmpuint (all->wages.n_rows, ==, from_files->wages.n_rows);
  g_assert_cmpuint (all->de_minimis.n_rows, ==, from_files->de_minimis.n_rows);
  for (gsize i = 0; i < all->de_minimis.n_rows; i++)
    {
      g_assert_cmpstr (all->de_minimis.rows[i].benefit, ==, from_files->de_minimis.rows[i].benefit);
      g_assert_cmpint (all->de_minimis.rows[i].days.millionths, ==, from_files->de_minimis.rows[i].days.millionths);
    }
  g_assert_cmpuint (all->limits.n_rows, ==, from_files->limits.n_rows);
  for (gsize i = 0; i < all->limits.n_rows; i++)
    {
      const ArmmsLimitRow *a = &all->limits.rows[i], *b = &from_files->limits.rows[i];

      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpint (a->unit, ==, b->unit);
      g_assert_cmpint (a->value, ==, b->value);
      g_assert_cmpint (a->from.days, ==, b->from.days);
      g_assert_cmpint (a->to.days, ==, b->to.days);
      g_assert_cmpstr (a->source, ==, b->source);
      g_assert_cmpint (a->row, ==, b->row);
    }

  may = load (&agency, "2026-05-15");
  g_assert_cmpuint (may->contributions.n_rows, ==, 61 + 1 + 2);
  g_assert_cmpuint (may->taxes.n_rows, ==, 30);
  agency_tear_down (&agency);
}

static void
test_refused_files (void)
{
  static const struct { const char *file, *find, *replace, *code; } cases[] = {
    { "sss.csv", "500000,25000,0,50000,0,1000,2025", "500000,25001,0,50000,0,1000,2025", "statutory.changed_past" },
    { "withholding-tax.csv", "semi_monthly,3,1666700,93750,0.20,2023", "semi_monthly,3,1666700,93751,0.20,2023", "statutory.changed_past" },
    { "minimum-wage.csv", "69500,0,NCR-26", "69600,0,NCR-26", "statutory.changed_past" },
    { "minimum-wage.csv", "69500,0,NCR-26", "69500,10,NCR-26", "statutory.changed_past" },
    { "de-minimis.csv", "rice_subsidy,month,250000", "rice_subsidy,month,260000", "statutory.changed_past" },
    { "de-minimis.csv", "vacation_leave,year,0,,12", "vacation_leave,year,0,,13", "statutory.changed_past" },
    { "de-minimis.csv", "meal_ot_night,day,0,0.30", "meal_ot_night,day,0,0.35", "statutory.changed_past" },
    { "de-minimis.csv", "uniform,year,800000", "uniform,month,800000", "statutory.changed_past" },
    { "pagibig.csv", "0.01,0.02,1000000", "0.01,0.02,1100000", "statutory.changed_past" },
    { "philhealth.csv", "0.025,0.025,1000000,10000000", "0.025,0.025,1000000,11000000", "statutory.changed_past" },
    { "limits.csv", "benefit_pool,9000000", "benefit_pool,9500000", "statutory.changed_past" },
    { "limits.csv", "loss_weekly_cap,2000", "loss_weekly_cap,2500", "statutory.changed_past" },
    { "limits.csv", "service_incentive_leave,5,days,1974-11-01", "service_incentive_leave,6,days,1974-11-01", "statutory.changed_past" },
    { "limits.csv", "equivalent_factor,393.5", "equivalent_factor,393.8", "statutory.changed_past" },
    { "limits.csv", "deposit_return,10", "deposit_return,15", "statutory.changed_past" },
    { "limits.csv", "2015-01-01,2017-12-31", "2015-01-01,2017-12-30", "statutory.gap" },
    { "holidays.csv", "2026-05-01,Labor Day,regular", "2026-05-01,Labor Day,usual", "csv.cell" },
    { "philhealth.csv", "0.02,0.02,1000000,8000000,2022-01-01,2023-12-31", "0.02,0.02,1000000,8000000,2022-01-01,2023-11-30", "statutory.gap" },
    { "philhealth.csv", "0.02,0.02,1000000,8000000,2022-01-01,2023-12-31", "0.02,0.02,1000000,8000000,2022-01-01,2024-01-31", "statutory.overlap" },
    { "pagibig.csv", "2,150001,,0.02,0.02,1000000", "2,150002,,0.02,0.02,1000000", "statutory.bracket" },
    { "withholding-tax.csv", "monthly,3,3333300,187500", "monthly,3,3333300,197500", "statutory.bracket" },
    { "premium-matrix.csv", "\nspecial,1,", "\nspecial,0,", "statutory.gap" },
    { "final-pay.csv", "30,3,22.5", "0,3,22.5", "statutory.bracket" },
    { "final-pay.csv", "2020-01-31,,", "2020-01-31,2020-12-31,", "statutory.gap" },
    { "sss.csv", "500000,25000,0,50000", "500000,25 000,0,50000", "csv.cell" },
    { "working-time.csv", "480,22:00,06:00", "540,22:00,06:00", "statutory.changed_past" },
    { "working-time.csv", "480,22:00,06:00", "480,22:00,05:00", "statutory.changed_past" },
    { "working-time.csv", ",60,20,480,", ",60,15,480,", "statutory.changed_past" },
    { "working-time.csv", ",60,20,480,", ",45,20,480,", "statutory.changed_past" },
    { "working-time.csv", ",60,20,480,", ",60,20,420,", "statutory.changed_past" },
    { "working-time.csv", "1974-11-01,,", "1974-11-01,2026-12-31,", "statutory.gap" },
    { "working-time.csv", "1974-11-01,,", "1974-11-01,1974-10-31,", "statutory.overlap" },
    { "working-time.csv", "\n480,", "\n480,22:00,06:00,60,20,480,1980-01-01,,beside it,2026-11-21\n480,", "statutory.overlap" },
    { "working-time.csv", "1974-11-01", "", "statutory.minutes" },
    { "working-time.csv", "480,22:00,06:00", "0,22:00,06:00", "statutory.minutes" },
    { "working-time.csv", "480,22:00,06:00", "480,06:00,22:00", "statutory.minutes" },
    { "working-time.csv", "480,22:00,06:00", "480,24:00,06:00", "csv.cell" },
    { "working-time.csv", "480,22:00,06:00", "480,10 pm,06:00", "csv.cell" },
    { "working-time.csv", "480,22:00,06:00", "1441,22:00,06:00", "csv.cell" },
    { "working-time.csv", "480,22:00,06:00", "-1,22:00,06:00", "csv.cell" },
  };
  Agency agency;
  gint64 before;

  agency_set_up (&agency, rooms);
  fill_law (&agency);
  before = armms_test_database_integer (agency.database, "select count(*) from audit.audit_log");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folder = law_folder_copy (cases[i].file, cases[i].find, cases[i].replace);
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (import_from (&agency, folder, &error), ==, -1);
      g_assert_cmpstr (armms_error_get_code (error), ==, cases[i].code);
      law_folder_remove (folder);
    }
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from audit.audit_log"), ==, before);
  agency_tear_down (&agency);
}

/* A law that is announced closes the open table and may still be corrected before it begins. */
static void
test_future_table (void)
{
  static const char open_end[] = "0.025,0.025,1000000,10000000,2024-01-01,,";
  static const char announced[] = "0.025,0.025,1000000,10000000,2024-01-01,2098-12-31,closed,2026-11-21\n"
                                  "0.03,0.03,1000000,12000000,2099-01-01,,announced,2026-11-21\n0.03,0.03,1000000,10000000,2200-01-01,,";
  g_autofree char *folder = law_folder_copy ("philhealth.csv", open_end, announced);
  g_autofree char *path = g_build_filename (folder, "philhealth.csv", NULL);
  g_autofree char *as_shipped = law_folder_shipped ();
  g_autofree char *text = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = NULL;
  g_autoptr(ArmmsStatutoryTables) corrected = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsContribution due;
  Agency agency;
  char *last;

  /* The replaced row's rest of the line belongs to no table here. */
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  last = strstr (text, "0.03,0.03,1000000,10000000,2200");
  *last = '\0';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  agency_set_up (&agency, rooms);
  fill_law (&agency);
  g_assert_cmpint (import_from (&agency, folder, &error), ==, 2);
  g_assert_no_error (error);
  tables = load (&agency, NULL);
  g_assert_true (armms_contribution_due (&tables->contributions, ARMMS_SCHEME_PHILHEALTH, ARMMS_MONEY (2000000), day ("2098-12-31"), &due, NULL));
  g_assert_cmpint (due.employee.centavos, ==, 50000);
  g_assert_true (armms_contribution_due (&tables->contributions, ARMMS_SCHEME_PHILHEALTH, ARMMS_MONEY (2000000), day ("2099-01-01"), &due, NULL));
  g_assert_cmpint (due.employee.centavos, ==, 60000);

  /* Withdrawn again. */
  g_assert_cmpint (import_from (&agency, as_shipped, &error), ==, 2);
  g_assert_no_error (error);
  corrected = load (&agency, NULL);
  g_assert_true (armms_contribution_due (&corrected->contributions, ARMMS_SCHEME_PHILHEALTH, ARMMS_MONEY (2000000), day ("2099-01-01"), &due, NULL));
  g_assert_cmpint (due.employee.centavos, ==, 50000);
  law_folder_remove (folder);
  agency_tear_down (&agency);
}

/* A figure that is announced closes the one before, may be withdrawn, and reads by date meanwhile; a new document may be named. */
static void
test_future_limit (void)
{
  g_autofree char *folder = law_folder_copy ("limits.csv", "benefit_pool,9000000,centavos,2018-01-01,,",
                                             "benefit_pool,12000000,centavos,2099-01-01,,announced,2026-11-21\n"
                                             "benefit_pool,9000000,centavos,2018-01-01,2098-12-31,");
  g_autofree char *renamed = law_folder_copy ("limits.csv", "Labor Code art. 95", "Labor Code art. 95 (renumbered)");
  g_autofree char *as_shipped = law_folder_shipped ();
  g_autoptr(ArmmsStatutoryTables) tables = NULL;
  g_autoptr(GError) error = NULL;
  Agency agency;

  agency_set_up (&agency, rooms);
  fill_law (&agency);
  g_assert_cmpint (import_from (&agency, folder, &error), ==, 2);
  g_assert_no_error (error);
  tables = load (&agency, NULL);
  g_assert_true (armms_statutory_tables_settle (tables, day ("2098-12-31"), &error));
  g_assert_cmpint (tables->settings.benefit_pool.centavos, ==, 9000000);
  tables->settings.benefit_pool = ARMMS_MONEY (-1);
  g_assert_true (armms_statutory_tables_settle (tables, day ("2099-01-01"), &error));
  g_assert_cmpint (tables->settings.benefit_pool.centavos, ==, 12000000);
  g_assert_cmpint (import_from (&agency, as_shipped, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from gov.limits where name = 'benefit_pool'"), ==, 2);
  g_assert_cmpint (import_from (&agency, renamed, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from gov.limits where source like '%renumbered%'"), ==, 2);
  law_folder_remove (folder);
  law_folder_remove (renamed);
  agency_tear_down (&agency);
}

/* Next year's SSS table, loaded: December by the old one, January by the new one. */
static void
test_next_sss_table (void)
{
  g_autofree char *folder = law_folder_copy ("sss.csv", ",2025-01-01,,", ",2025-01-01,2098-12-31,");
  g_autofree char *path = g_build_filename (folder, "sss.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *longer = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsContribution due;
  Agency agency;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  longer = g_strconcat (text, "1,0,,4000000,200000,100000,400000,200000,3000,2099-01-01,,made up,2098-12-01\n", NULL);
  g_assert_true (g_file_set_contents (path, longer, -1, NULL));
  agency_set_up (&agency, rooms);
  fill_law (&agency);
  g_assert_cmpint (import_from (&agency, folder, &error), ==, 2);
  g_assert_no_error (error);
  tables = load (&agency, NULL);
  g_assert_true (armms_contribution_due (&tables->contributions, ARMMS_SCHEME_SSS, ARMMS_MONEY (3500000), day ("2098-12-31"), &due, NULL));
  g_assert_cmpint (due.employee.centavos, ==, 175000);
  g_assert_true (armms_contribution_due (&tables->contributions, ARMMS_SCHEME_SSS, ARMMS_MONEY (3500000), day ("2099-01-31"), &due, NULL));
  g_assert_cmpint (due.employee.centavos, ==, 300000);
  law_folder_remove (folder);
  agency_tear_down (&agency);
}

/* Seven hours are announced, corrected before they begin, and withdrawn. Timekeeping keeps the rows and hears of each change. */
static void
test_working_time (void)
{
  static const char open_end[] = "1974-11-01,,";
  static const char *const announced[] = {
    "1974-11-01,2098-12-31,closed,2026-11-21\n420,22:00,06:00,60,20,480,2099-01-01,,announced,2026-11-21",
    "1974-11-01,2098-12-31,closed,2026-11-21\n430,22:00,06:00,60,20,480,2099-01-01,,announced,2026-11-21",
  };
  static const char stored[] = "select string_agg(concat_ws(' ', valid_from, valid_to, regular_minutes, night_from_minute, night_to_minute,"
                               " meal_break_minutes, paid_break_up_to_minutes, unworked_holiday_minutes), ', ' order by valid_from)"
                               " from timekeeping.working_times";
  static const char told[] = "select string_agg(payload::jsonb ->> 'from', ' ' order by event_id) from timekeeping.timekeeping_outbox"
                             " where event = 'armms.timekeeping.WorkingTimeChanged.v1'";
  static const char *const rows[] = {
    "1974-11-01 480 1320 360 60 20 480",
    "1974-11-01 2098-12-31 480 1320 360 60 20 480, 2099-01-01 420 1320 360 60 20 480",
    "1974-11-01 2098-12-31 480 1320 360 60 20 480, 2099-01-01 430 1320 360 60 20 480",
  };
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *last = NULL, *events = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *as_shipped = law_folder_shipped ();
  Agency agency;

  agency_set_up (&agency, rooms);
  fill_law (&agency);
  first = armms_test_database_value (agency.database, stored);
  g_assert_cmpstr (first, ==, rows[0]);
  for (guint i = 0; i < G_N_ELEMENTS (announced); i++)
    {
      g_autofree char *folder = law_folder_copy ("working-time.csv", open_end, announced[i]);
      g_autofree char *path = g_build_filename (folder, "working-time.csv", NULL);
      g_autofree char *text = NULL;

      /* The replaced row's rest of the line belongs to no table here. */
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      strcpy (strstr (text, "announced,2026-11-21") + strlen ("announced,2026-11-21"), "\n");
      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      g_assert_cmpint (import_from (&agency, folder, &error), ==, 2);
      g_assert_no_error (error);
      g_assert_cmpint (import_from (&agency, folder, &error), ==, 0);
      *(i == 0 ? &second : &third) = armms_test_database_value (agency.database, stored);
      law_folder_remove (folder);
    }
  g_assert_cmpstr (second, ==, rows[1]);
  g_assert_cmpstr (third, ==, rows[2]);
  g_assert_cmpint (import_from (&agency, as_shipped, &error), ==, 2);
  last = armms_test_database_value (agency.database, stored);
  g_assert_cmpstr (last, ==, rows[0]);
  events = armms_test_database_value (agency.database, told);
  g_assert_cmpstr (events, ==, "1974-11-01 2099-01-01 2099-01-01 2099-01-01");
  agency_tear_down (&agency);
}

/* A court stops an order, another lets it go on: a fact of today about a row of yesterday. */
static void
test_stopped_order (void)
{
  g_autofree char *folder = law_folder_copy ("minimum-wage.csv", "NCR,all,non-agriculture,75500,0,NCR-28,2026-09-26,,in_force",
                                         "NCR,all,non-agriculture,75500,0,NCR-28,2026-09-26,,enjoined");
  g_autoptr(ArmmsStatutoryTables) tables = NULL;
  g_autoptr(GError) error = NULL;
  Agency agency;

  agency_set_up (&agency, rooms);
  fill_law (&agency);
  g_assert_cmpint (import_from (&agency, folder, &error), ==, 1);
  g_assert_no_error (error);
  tables = load (&agency, "2026-11-21");
  g_assert_null (armms_minimum_wage_find (&tables->wages, "NCR", NULL, "non-agriculture", day ("2026-11-21")).lowest);
  law_folder_remove (folder);
  agency_tear_down (&agency);
}

/* A tenant that has read an order loads its own copy of the files, also of an order in force: nothing but the doubt changes. */
static void
test_order_was_read (void)
{
  static const char doubts[] = "select string_agg(wage_order || ' ' || daily_centavos, ', ' order by daily_centavos desc) from gov.minimum_wages"
                               " where region = 'NCR' and in_force and confidence <> 'published'";
  g_autofree char *folder = law_folder_copy ("minimum-wage.csv", "in_force,Wage Order NCR-28,published-secondary", "in_force,Wage Order NCR-28,published");
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (const ArmmsMinimumWageRow *));
  g_autoptr(GError) error = NULL;
  ArmmsDate date = day ("2026-11-21");
  Agency agency;

  agency_set_up (&agency, rooms);
  fill_law (&agency);
  before = armms_test_database_value (agency.database, doubts);
  g_assert_cmpstr (before, ==, "NCR-28 75500, NCR-28 71800");
  tables = load (&agency, "2026-11-21");
  armms_minimum_wage_doubts (&tables->wages, "NCR", NULL, "non-agriculture", &date, 1, rows);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (import_from (&agency, folder, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (import_from (&agency, folder, &error), ==, 0);
  after = armms_test_database_value (agency.database, doubts);
  g_assert_cmpstr (after, ==, "");
  law_folder_remove (folder);
  agency_tear_down (&agency);
}

/* PhilHealth's step of 2024 is in doubt for that year alone: a tenant whose step was deferred loads rows of its own. */
static void
test_philhealth_of_2024 (void)
{
  g_autofree char *folder = law_folder_copy ("philhealth.csv", "2022-01-01,2023-12-31", "2022-01-01,2024-12-31");
  static const struct { const char *date; gint64 shipped, own; } cases[] = { { "2023-12-31", 50000, 50000 }, { "2024-06-30", 62500, 50000 }, { "2025-01-31", 62500, 62500 } };
  g_autoptr(GError) error = NULL;

  law_folder_change (folder, "philhealth.csv", "10000000,2024-01-01,", "10000000,2025-01-01,");
  for (guint own = 0; own < 2; own++)
    {
      g_autofree char *shipped = law_folder_shipped ();
      g_autoptr(ArmmsStatutoryTables) tables = NULL;
      Agency agency;

      agency_set_up (&agency, rooms);
      g_assert_cmpint (import_from (&agency, own ? folder : shipped, &error), >, 0);
      g_assert_no_error (error);
      tables = load (&agency, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          ArmmsContribution due;

          g_assert_true (armms_contribution_due (&tables->contributions, ARMMS_SCHEME_PHILHEALTH, ARMMS_MONEY (2500000), day (cases[i].date), &due, NULL));
          g_assert_cmpint (due.employee.centavos, ==, own ? cases[i].own : cases[i].shipped);
        }
      agency_tear_down (&agency);
    }
  law_folder_remove (folder);
}

static void
test_other_tenant (void)
{
  Agency agency;
  g_autoptr(ArmmsStatutoryTables) tables = NULL;

  agency_set_up (&agency, rooms);
  fill_law (&agency);
  agency.actor.tenant_id = armms_id_new ();
  tables = load (&agency, NULL);
  g_assert_cmpuint (tables->contributions.n_rows, ==, 0);
  g_assert_cmpuint (tables->taxes.n_rows, ==, 0);
  g_assert_cmpuint (tables->wages.n_rows, ==, 0);
  g_assert_cmpuint (tables->limits.n_rows, ==, 0);
  agency_tear_down (&agency);
}

static void
test_one_table (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autofree char *id_text = NULL;
  ArmmsContributionTableRecord *table;
  ArmmsWork *work;
  ArmmsId id, unknown = armms_id_new ();

  agency_set_up (&agency, rooms);
  fill_law (&agency);
  id_text = armms_test_database_value (agency.database, "select contribution_table_id from gov.contribution_tables where scheme = 'sss' and valid_to is null");
  g_assert_true (armms_id_parse (id_text, &id));
  work = begin (&agency, "gov");
  table = armms_statutory_load_contribution_table (work, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (table->rows->len, ==, 61);
  g_assert_cmpint (table->row_count, ==, 61);
  g_assert_cmpint (((ArmmsContributionTableRow *) table->rows->pdata[60])->employee_mpf.centavos, ==, 75000);
  armms_record_free (&armms_contribution_table_type, table);
  g_assert_null (armms_statutory_load_contribution_table (work, &unknown, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
  armms_work_free (work);
  agency_tear_down (&agency);
}

/* -- settings -- */

/* What stands while the tenant has not chosen: the law's figure of today where it is one. */
static void
assert_default (Agency *agency, const char *key, const char *value)
{
  ArmmsWork *work = begin (agency, "gov");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) settings = armms_statutory_load_settings (work, &error);
  guint found = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < settings->len; i++)
    {
      const ArmmsStatutorySettingRecord *setting = settings->pdata[i];

      if (strcmp (setting->key, key) != 0)
        continue;
      g_assert_cmpstr (setting->fallback, ==, value);
      g_assert_cmpstr (setting->value, ==, value);
      g_assert_false (setting->chosen);
      found++;
    }
  g_assert_cmpuint (found, ==, 1);
  armms_work_free (work);
}

static void
test_settings (void)
{
  static const struct { const char *key, *value; } bad[] = {
    { "tax_method", "annualised" }, { "loss_weekly_cap_bp", "10001" }, { "loss_weekly_cap_bp", "-1" }, { "benefit_pool", "-1.00" },
    { "benefit_pool", "12.5" }, { "equivalent_factor", "0" }, { "floor_defers_statutory", "yes" }, { "no_such_key", "1" }, { "wage_sector", "" },
    { "sss_cut_off", "first" },
  };
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsStatutoryTables) before = NULL;
  g_autoptr(ArmmsStatutoryTables) after = NULL;
  g_autoptr(GPtrArray) settings = NULL;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  before = load (&agency, NULL);
  g_assert_false (armms_statutory_tables_settle (before, day ("2026-05-31"), &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
  g_clear_error (&error);
  assert_default (&agency, "benefit_pool", "");
  fill_law (&agency);
  assert_default (&agency, "benefit_pool", "90000.00");
  assert_default (&agency, "loss_weekly_cap_bp", "2000");
  assert_default (&agency, "equivalent_factor", "393.5");
  assert_default (&agency, "tax_method", "table");
  assert_default (&agency, "philhealth_factor", "equivalent_factor");
  assert_default (&agency, "hdmf_part_month_base", "monthly_equivalent");
  assert_default (&agency, "recover_deferred_share", "next_month");
  assert_default (&agency, "deposit_return_days", "10");
  g_clear_pointer (&before, armms_statutory_tables_free);
  before = load (&agency, NULL);
  g_assert_true (armms_statutory_tables_settle (before, day ("2026-05-31"), &error));
  g_assert_cmpint (before->settings.benefit_pool.centavos, ==, 9000000);
  g_assert_cmpint (before->settings.floor.weekly_cap_bp, ==, 2000);
  g_assert_cmpint (before->settings.equivalent_factor.millionths, ==, 393500000);
  g_assert_cmpint (before->settings.cut_off[ARMMS_SCHEME_SSS], ==, ARMMS_CUT_OFF_SECOND);
  g_assert_cmpint (before->settings.cut_off[ARMMS_SCHEME_HDMF], ==, ARMMS_CUT_OFF_FIRST);
  g_assert_cmpint (before->settings.tax_method, ==, ARMMS_TAX_METHOD_TABLE);
  g_assert_cmpint (before->settings.floor.percent_bp, ==, 2000);

  work = begin (&agency, "gov");
  g_assert_true (armms_statutory_change_setting (work, "tax_method", "regular", &error));
  g_assert_true (armms_statutory_change_setting (work, "benefit_pool", "80000.00", &error));
  g_assert_true (armms_statutory_change_setting (work, "benefit_pool", "85000.00", &error));
  g_assert_true (armms_statutory_change_setting (work, "loss_weekly_cap_bp", "2500", &error));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) wrong = NULL;

      g_assert_false (armms_statutory_change_setting (work, bad[i].key, bad[i].value, &wrong));
      g_assert_cmpstr (armms_error_get_code (wrong), ==, "statutory.setting");
    }
  settings = armms_statutory_load_settings (work, &error);
  g_assert_no_error (error);
  commit (work);
  g_assert_cmpstr (((ArmmsStatutorySettingRecord *) settings->pdata[0])->value, ==, "regular");
  g_assert_cmpstr (((ArmmsStatutorySettingRecord *) settings->pdata[0])->fallback, ==, "table");
  g_assert_true (((ArmmsStatutorySettingRecord *) settings->pdata[0])->chosen);
  after = load (&agency, NULL);
  g_assert_true (armms_statutory_tables_settle (after, day ("2026-05-31"), &error));
  g_assert_cmpint (after->settings.tax_method, ==, ARMMS_TAX_METHOD_REGULAR);
  g_assert_cmpint (after->settings.benefit_pool.centavos, ==, 8500000);
  g_assert_cmpint (after->settings.floor.weekly_cap_bp, ==, 2000);
  agency_tear_down (&agency);
}

/* Cut-offs and floor stand in the tenant's own settings; here they are followed. */
static void
test_tenant_settings (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = NULL;
  ArmmsTenant *tenant = armms_record_new (&armms_tenant_type);
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  tenant->tenant_id = agency.actor.tenant_id;
  tenant->code = g_strdup ("agency");
  tenant->name = g_strdup ("Agency");
  tenant->status = g_strdup ("ACTIVE");
  work = begin (&agency, "tenant");
  if (!armms_tenant_insert (work, tenant, &error))
    g_error ("%s", error->message);
  g_assert_true (armms_tenant_change_settings (work, "{\"sss_cut_off\":\"BOTH\",\"hdmf_cut_off\":\"SECOND\",\"net_floor_kind\":\"LARGER\",\"net_floor_amount\":\"1750.00\"}", &error));
  g_assert_no_error (error);
  commit (work);
  tables = load (&agency, NULL);
  g_assert_cmpint (tables->settings.cut_off[ARMMS_SCHEME_SSS], ==, ARMMS_CUT_OFF_BOTH);
  g_assert_cmpint (tables->settings.cut_off[ARMMS_SCHEME_HDMF], ==, ARMMS_CUT_OFF_SECOND);
  g_assert_cmpint (tables->settings.floor.kind, ==, ARMMS_FLOOR_LARGER);
  g_assert_cmpint (tables->settings.floor.amount.centavos, ==, 175000);
  g_assert_cmpint (tables->settings.floor.weekly_cap_bp, <, 0);
  armms_record_free (&armms_tenant_type, tenant);
  agency_tear_down (&agency);
}

/* -- payruns -- */

static ArmmsEvent *
closed_event (const char *payload)
{
  ArmmsId payrun = armms_id_new ();
  ArmmsEvent *event = armms_event_new (ARMMS_EVENT_PAYRUN_CLOSED, "payrun", &payrun, 1, &payrun, g_strdup (payload));

  event->event_id = armms_id_new ();
  return event;
}

static gboolean
hear (Agency *agency, const char *payload, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  ArmmsWork *work = begin (agency, "gov");
  gboolean ok;

  g_ptr_array_add (events, closed_event (payload));
  ok = armms_statutory_on_payrun_closed (work, events, error);
  if (ok)
    commit (work);
  else
    armms_work_free (work);
  return ok;
}

#define JUAN "01890000-0000-7000-8000-000000000001"
#define MARIA "01890000-0000-7000-8000-000000000002"
#define RUN "01890000-0000-7000-8000-0000000000ff"

static GArray *
schedules_of (Agency *agency, const char *month)
{
  ArmmsWork *work = begin (agency, "gov");
  g_autoptr(GError) error = NULL;
  GArray *schedules = armms_statutory_load_schedules (work, day (month), NULL, 0, &error);

  g_assert_no_error (error);
  armms_work_free (work);
  return schedules;
}

static void
test_payrun_closed (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) may = NULL;
  g_autoptr(GArray) june = NULL;
  const ArmmsStatutorySchedule *schedule;
  PGconn *connection;
  PGresult *result;

  agency_set_up (&agency, rooms);
  g_assert_true (hear (&agency,
                       "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\",\"statutory\":{"
                       "\"employee_id\":[\"" JUAN "\",\"" JUAN "\",\"" MARIA "\"],\"scheme\":[\"sss\",\"philhealth\",\"sss\"],"
                       "\"month\":[\"2026-05-01\",\"2026-05-01\",\"2026-05-01\"],\"base\":[2300000,1800000,2000000],"
                       "\"employee_due\":[115000,45000,100000],\"employee_taken\":[115000,15000,0],\"employer_due\":[233000,45000,203000],"
                       "\"employee_mpf\":[15000,0,0],\"employer_mpf\":[30000,0,0],\"employer_ec\":[3000,0,3000]}}", &error));
  g_assert_no_error (error);
  may = schedules_of (&agency, "2026-05-01");
  g_assert_cmpuint (may->len, ==, 3);
  schedule = &g_array_index (may, ArmmsStatutorySchedule, 1); /* sorted by employee and scheme: philhealth, sss */
  g_assert_cmpint (schedule->scheme, ==, ARMMS_SCHEME_SSS);
  g_assert_cmpstr (schedule->status, ==, "APPLIED");
  g_assert_cmpint (schedule->due.employee_mpf.centavos, ==, 15000);
  g_assert_cmpint (schedule->taken.employee.centavos, ==, 115000);
  schedule = &g_array_index (may, ArmmsStatutorySchedule, 0);
  g_assert_cmpstr (schedule->status, ==, "PARTIAL");
  schedule = &g_array_index (may, ArmmsStatutorySchedule, 2);
  g_assert_cmpstr (schedule->status, ==, "DEFERRED");

  /* What was not taken follows in the next month; what is owed to the fund stays whole. */
  june = schedules_of (&agency, "2026-06-01");
  g_assert_cmpuint (june->len, ==, 2);
  g_assert_cmpint (g_array_index (june, ArmmsStatutorySchedule, 0).carried.centavos, ==, 30000);
  g_assert_cmpint (g_array_index (june, ArmmsStatutorySchedule, 1).carried.centavos, ==, 100000);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select sum(employee_centavos) from gov.ledger where book = 'remit'"), ==, 260000);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select sum(employer_centavos) from gov.ledger where book = 'remit'"), ==, 481000);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select sum(employee_centavos) from gov.ledger where book = 'taken'"), ==, 130000);

  /* A correction of the closed month is a difference. */
  g_assert_true (hear (&agency,
                       "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-06-15\",\"statutory\":{\"employee_id\":[\"" JUAN "\",\"" JUAN "\"],"
                       "\"scheme\":[\"sss\",\"philhealth\"],\"month\":[\"2026-05-01\",\"2026-06-01\"],\"employee_due\":[-2500,45000],"
                       "\"employee_taken\":[-2500,45000],\"employer_due\":[-5000,45000],\"recovered\":[0,30000]}}", &error));
  g_assert_no_error (error);
  g_clear_pointer (&may, g_array_unref);
  g_clear_pointer (&june, g_array_unref);
  may = schedules_of (&agency, "2026-05-01");
  g_assert_cmpint (g_array_index (may, ArmmsStatutorySchedule, 1).due.employee.centavos, ==, 112500);
  june = schedules_of (&agency, "2026-06-01");
  g_assert_cmpint (g_array_index (june, ArmmsStatutorySchedule, 0).carried.centavos, ==, 0);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select sum(employee_centavos) from gov.ledger where book = 'recovered'"), ==, 30000);

  /* The books are never rewritten, not even by their room. */
  connection = armms_test_database_connect (agency.database, "main", "armms_server");
  result = PQexec (connection, "update gov.ledger set employee_centavos = 0");
  g_assert_cmpint (PQresultStatus (result), ==, PGRES_FATAL_ERROR);
  PQclear (result);
  PQfinish (connection);
  agency_tear_down (&agency);
}

/* What was not taken is the agency's: both books say so, and no later month takes it. */
static void
test_never_recovered (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  work = begin (&agency, "gov");
  g_assert_true (armms_statutory_change_setting (work, "recover_deferred_share", "never", &error));
  g_assert_no_error (error);
  commit (work);
  g_assert_true (hear (&agency,
                       "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\",\"statutory\":{"
                       "\"employee_id\":[\"" JUAN "\",\"" MARIA "\"],\"scheme\":[\"philhealth\",\"sss\"],\"month\":[\"2026-05-01\",\"2026-05-01\"],"
                       "\"employee_due\":[45000,100000],\"employee_taken\":[15000,0],\"employer_due\":[45000,203000]}}", &error));
  g_assert_no_error (error);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from gov.schedules where month > '2026-05-01' or carried_centavos > 0"), ==, 0);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select sum(employee_due_centavos - employee_taken_centavos) from gov.schedules"), ==, 130000);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select sum(employee_centavos) from gov.ledger where book = 'remit'"), ==, 145000);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select sum(employee_centavos) from gov.ledger where book = 'taken'"), ==, 15000);
  agency_tear_down (&agency);
}

static void
test_refused_payloads (void)
{
  static const char *const bad[] = {
    "[]", "{}", "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\"}",
    "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\",\"statutory\":{\"employee_id\":[\"" JUAN "\"],\"scheme\":[\"sss\"],\"month\":[\"2026-05-01\"]}}",
    "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\",\"statutory\":{\"employee_id\":[\"" JUAN "\"],\"scheme\":[\"gsis\"],\"month\":[\"2026-05-01\"],"
    "\"employee_due\":[1],\"employee_taken\":[1],\"employer_due\":[1]}}",
    "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\",\"statutory\":{\"employee_id\":[\"" JUAN "\"],\"scheme\":[\"sss\"],\"month\":[\"2026-05-01\"],"
    "\"employee_due\":[1,2],\"employee_taken\":[1],\"employer_due\":[1]}}",
    "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\",\"statutory\":{\"employee_id\":[\"" JUAN "\"],\"scheme\":[\"sss\"],\"month\":[\"2026-05-01\"],"
    "\"employee_due\":[1.5],\"employee_taken\":[1],\"employer_due\":[1]}}",
  };
  Agency agency;

  agency_set_up (&agency, rooms);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (hear (&agency, bad[i], &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "event.payload");
    }
  g_assert_true (hear (&agency, "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\",\"statutory\":{\"employee_id\":[],\"scheme\":[],\"month\":[],"
                                "\"employee_due\":[],\"employee_taken\":[],\"employer_due\":[]}}", NULL));
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from gov.schedules"), ==, 0);
  agency_tear_down (&agency);
}

/* -- waivers -- */

static void
insert_tenant (Agency *agency)
{
  ArmmsTenant *tenant = armms_record_new (&armms_tenant_type);
  ArmmsWork *work = begin (agency, "tenant");
  g_autoptr(GError) error = NULL;

  tenant->tenant_id = agency->actor.tenant_id;
  tenant->code = g_strdup ("agency");
  tenant->name = g_strdup ("Agency");
  if (!armms_tenant_insert (work, tenant, &error))
    g_error ("%s", error->message);
  commit (work);
  armms_record_free (&armms_tenant_type, tenant);
}

static void
test_waiver (void)
{
  static const char taken[] =
    "{\"payrun_id\":\"" RUN "\",\"paid_on\":\"2026-05-31\",\"statutory\":{\"employee_id\":[\"" JUAN "\"],\"scheme\":[\"sss\"],"
    "\"month\":[\"2026-05-01\"],\"employee_due\":[115000],\"employee_taken\":[0],\"employer_due\":[233000]}}";
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) twice = NULL;
  g_autoptr(GError) same = NULL;
  g_autoptr(GError) late = NULL;
  g_autoptr(GArray) may = NULL;
  g_autoptr(GPtrArray) events = NULL;
  ArmmsFollowUpPlan plan = { .follow_up = ARMMS_FOLLOW_UP_RESPREAD, .periods = 3 };
  g_autofree char *resource = NULL;
  g_autofree char *months = NULL;
  ArmmsId juan, change_id, schedule_id;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  insert_tenant (&agency);
  armms_approvals_set_rooms (&armms_statutory_room);
  g_assert_true (armms_id_parse (JUAN, &juan));
  work = begin (&agency, "gov");
  g_assert_true (armms_statutory_request_waiver (work, &juan, ARMMS_SCHEME_SSS, day ("2026-05-01"), ARMMS_MONEY (G_MAXINT64), &plan, "five days of pay", &change_id, &error));
  g_assert_no_error (error);
  commit (work);
  work = begin (&agency, "gov");
  g_assert_false (armms_statutory_request_waiver (work, &juan, ARMMS_SCHEME_SSS, day ("2026-05-01"), ARMMS_MONEY (100), &plan, "again", &change_id, &twice));
  g_assert_cmpstr (armms_error_get_code (twice), ==, "approvals.open");
  armms_work_free (work);

  resource = armms_test_database_value (agency.database, "select resource_id from audit.change_requests");
  g_assert_true (armms_id_parse (resource, &schedule_id));
  work = begin (&agency, "gov");
  g_assert_false (armms_approvals_decide (work, "statutory-waiver", &schedule_id, "approve", NULL, &same));
  g_assert_cmpstr (armms_error_get_code (same), ==, "approvals.same_person");
  armms_work_free (work);
  agency.actor.user_id = armms_id_new ();
  work = begin (&agency, "gov");
  g_assert_true (armms_approvals_decide (work, "statutory-waiver", &schedule_id, "approve", "agreed", &error));
  g_assert_no_error (error);
  commit (work);
  may = schedules_of (&agency, "2026-05-01");
  g_assert_cmpuint (may->len, ==, 1);
  g_assert_cmpint (g_array_index (may, ArmmsStatutorySchedule, 0).waived.centavos, ==, G_MAXINT64);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from gov.gov_outbox where event = 'armms.statutory.ShareWaived.v1'"), ==, 1);

  /* The run takes nothing; the fund is owed all of it; three months recover it to the centavo. */
  g_assert_true (hear (&agency, taken, &error));
  g_assert_no_error (error);
  months = armms_test_database_value (agency.database, "select string_agg(month || ' ' || carried_centavos, ', ' order by month) from gov.schedules where carried_centavos > 0");
  g_assert_cmpstr (months, ==, "2026-06-01 38334, 2026-07-01 38333, 2026-08-01 38333");
  g_assert_cmpint (armms_test_database_integer (agency.database, "select sum(employee_centavos + employer_centavos) from gov.ledger where book = 'remit'"), ==, 348000);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from gov.ledger where book = 'taken'"), ==, 0);

  /* A month that was paid out is not waived any more. */
  work = begin (&agency, "gov");
  g_assert_false (armms_statutory_request_waiver (work, &juan, ARMMS_SCHEME_SSS, day ("2026-05-01"), ARMMS_MONEY (100), &plan, "too late", &change_id, &late));
  g_assert_cmpstr (armms_error_get_code (late), ==, "statutory.month_taken");
  armms_work_free (work);
  agency_tear_down (&agency);
}

static void
test_refused_waivers (void)
{
  static const ArmmsInstalment past = { .period_from = { 0 }, .amount = { 100 } };
  const struct { const char *month; gint64 amount; ArmmsFollowUpPlan plan; const char *field; } cases[] = {
    { "2026-05-02", 100, { ARMMS_FOLLOW_UP_CARRY }, "month:bad_format" },
    { "2026-05-01", 0, { ARMMS_FOLLOW_UP_CARRY }, "amount:out_of_range" },
    { "2026-05-01", 100, { ARMMS_FOLLOW_UP_RESPREAD, .periods = 0 }, "periods:out_of_range" },
    { "2026-05-01", 100, { ARMMS_FOLLOW_UP_MANUAL }, "instalments:required" },
    { "2026-05-01", 100, { ARMMS_FOLLOW_UP_MANUAL, .manual = &past, .n_manual = 1 }, "instalments:out_of_range" },
  };
  Agency agency;
  ArmmsId juan;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  insert_tenant (&agency);
  armms_approvals_set_rooms (&armms_statutory_room);
  g_assert_true (armms_id_parse (JUAN, &juan));
  work = begin (&agency, "gov");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *fields = NULL;

      g_assert_false (armms_statutory_request_waiver (work, &juan, ARMMS_SCHEME_SSS, day (cases[i].month), ARMMS_MONEY (cases[i].amount), &cases[i].plan, "why", NULL, &error));
      fields = wrong_fields (error);
      g_assert_cmpstr (fields, ==, cases[i].field);
    }
  armms_work_free (work);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from audit.change_requests"), ==, 0);
  agency_tear_down (&agency);
}

/* Where nothing is recovered a waiver cannot promise in how many months it is; without a plan it may be asked for. */
static void
test_waiver_never_recovered (void)
{
  const ArmmsFollowUpPlan respread = { .follow_up = ARMMS_FOLLOW_UP_RESPREAD, .periods = 3 }, carry = { .follow_up = ARMMS_FOLLOW_UP_CARRY };
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autofree char *fields = NULL;
  ArmmsId juan, change_id;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  insert_tenant (&agency);
  armms_approvals_set_rooms (&armms_statutory_room);
  g_assert_true (armms_id_parse (JUAN, &juan));
  work = begin (&agency, "gov");
  g_assert_true (armms_statutory_change_setting (work, "recover_deferred_share", "never", &error));
  g_assert_false (armms_statutory_request_waiver (work, &juan, ARMMS_SCHEME_SSS, day ("2026-05-01"), ARMMS_MONEY (100), &respread, "why", &change_id, &error));
  fields = wrong_fields (error);
  g_assert_cmpstr (fields, ==, "follow_up:not_recovered");
  g_clear_error (&error);
  g_assert_true (armms_statutory_request_waiver (work, &juan, ARMMS_SCHEME_SSS, day ("2026-05-01"), ARMMS_MONEY (100), &carry, "why", &change_id, &error));
  g_assert_no_error (error);
  commit (work);
  agency_tear_down (&agency);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statutory/import/as-shipped-and-again", test_import);
  g_test_add_func ("/statutory/import/what-is-refused", test_refused_files);
  g_test_add_func ("/statutory/import/an-announced-law-may-change", test_future_table);
  g_test_add_func ("/statutory/import/the-hours-of-work-are-timekeepings", test_working_time);
  g_test_add_func ("/statutory/import/a-limit-may-be-announced-and-withdrawn", test_future_limit);
  g_test_add_func ("/statutory/import/next-years-sss-table", test_next_sss_table);
  g_test_add_func ("/statutory/import/a-court-stops-an-order", test_stopped_order);
  g_test_add_func ("/statutory/import/an-order-was-read", test_order_was_read);
  g_test_add_func ("/statutory/import/the-step-of-2024-was-deferred", test_philhealth_of_2024);
  g_test_add_func ("/statutory/tenancy/another-tenant-sees-no-table", test_other_tenant);
  g_test_add_func ("/statutory/tables/one-with-its-rows", test_one_table);
  g_test_add_func ("/statutory/settings/chosen-default-refused", test_settings);
  g_test_add_func ("/statutory/settings/the-tenants-own-are-followed", test_tenant_settings);
  g_test_add_func ("/statutory/payrun/taken-and-owed-are-two-books", test_payrun_closed);
  g_test_add_func ("/statutory/payrun/what-was-not-taken-may-never-be", test_never_recovered);
  g_test_add_func ("/statutory/payrun/what-is-refused", test_refused_payloads);
  g_test_add_func ("/statutory/waiver/asked-approved-recovered", test_waiver);
  g_test_add_func ("/statutory/waiver/no-plan-where-nothing-is-recovered", test_waiver_never_recovered);
  g_test_add_func ("/statutory/waiver/what-is-refused", test_refused_waivers);
  return g_test_run ();
}
