/* armmsctl statutory: a folder of law files into a tenant, whole, repeatable, refused where it would change the past. */
#include "tests/server/statutory/law-folder.h"
#include "tests/support/test-database.h"

#include "common/base/id.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/wait.h>

#define FOUND 3 /* what `check` says of files with a fault */

typedef struct {
  ArmmsTestDatabase *database; /* owned */
  char tenant[ARMMS_ID_TEXT_SIZE];
} Tenant;

static void
set_up (Tenant *tenant)
{
  ArmmsId id = armms_id_new ();

  tenant->database = armms_test_database_new ();
  armms_id_format (&id, tenant->tenant);
}

/* What the program ends with; its answer in *@ret_answer. */
static int
run (Tenant *tenant, const char *command, const char *folder, char **ret_answer)
{
  g_autofree char *program = g_build_filename (g_getenv ("ARMMS_BUILD_ROOT"), "server/programs/armmsctl", NULL);
  const char *config = armms_test_database_config_file (tenant->database, "armms_worker");
  const char *argv[] = { program, "--config", config, "--json", "statutory", command, "--folder", folder, "--tenant", tenant->tenant, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  if (strcmp (command, "check") == 0)
    argv[8] = NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, ret_answer, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
assert_loads (Tenant *tenant, const char *folder, gint64 tables, gint64 premiums, gint64 holidays)
{
  g_autofree char *answer = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *figures;

  g_assert_cmpint (run (tenant, "load", folder, &answer), ==, 0);
  node = json_from_string (answer, NULL);
  g_assert_nonnull (node);
  figures = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (figures, "tables"), ==, tables);
  g_assert_cmpint (json_object_get_int_member (figures, "premiums"), ==, premiums);
  g_assert_cmpint (json_object_get_int_member (figures, "holidays"), ==, holidays);
}

static gint64
count (Tenant *tenant, const char *what)
{
  g_autofree char *sql = g_strdup_printf ("select count(*) from %s", what);

  return armms_test_database_integer (tenant->database, sql);
}

/* All that a load writes. */
static gint64
count_all (Tenant *tenant)
{
  static const char *const tables[] = {
    "gov.contribution_tables", "gov.contribution_rows", "gov.tax_tables", "gov.tax_brackets", "gov.minimum_wages", "gov.de_minimis", "gov.limits",
    "finance_rates.premiums", "scheduling.holidays", "audit.audit_log",
  };
  gint64 sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    sum += count (tenant, tables[i]);
  return sum;
}

static gint64
data_lines (const char *file)
{
  g_autofree char *folder = law_folder_shipped ();
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;
  gint64 lines = -1; /* the heading */

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *at = text; (at = strchr (at, '\n')) != NULL; at++)
    lines++;
  return lines;
}

static void
test_load (void)
{
  g_autofree char *folder = law_folder_copy (NULL, NULL, NULL);
  g_autofree char *answer = NULL;
  Tenant tenant;
  gint64 all;

  set_up (&tenant);
  g_assert_cmpint (run (&tenant, "load", folder, &answer), ==, 0);
  g_assert_cmpint (count (&tenant, "gov.contribution_rows"), ==, data_lines ("sss.csv") + data_lines ("philhealth.csv") + data_lines ("pagibig.csv"));
  g_assert_cmpint (count (&tenant, "gov.tax_brackets"), ==, data_lines ("withholding-tax.csv"));
  g_assert_cmpint (count (&tenant, "gov.minimum_wages"), ==, data_lines ("minimum-wage.csv"));
  g_assert_cmpint (count (&tenant, "gov.de_minimis"), ==, data_lines ("de-minimis.csv"));
  g_assert_cmpint (count (&tenant, "gov.limits"), ==, data_lines ("limits.csv"));
  g_assert_cmpint (count (&tenant, "finance_rates.premiums"), ==, data_lines ("premium-matrix.csv"));
  g_assert_cmpint (count (&tenant, "scheduling.holidays"), ==, data_lines ("holidays.csv"));
  all = count_all (&tenant);
  assert_loads (&tenant, folder, 0, 0, 0);
  g_assert_cmpint (count_all (&tenant), ==, all);
  law_folder_remove (folder);
  armms_test_database_free (tenant.database);
}

/* The one file that a newcomer touches to change the night premium. */
static void
test_night_premium (void)
{
  g_autofree char *shipped = law_folder_shipped ();
  g_autofree char *folder = law_folder_copy ("premium-matrix.csv", "ordinary,0,0,1,1.25,1.1,1.375,2018-01-01,,",
                                             "ordinary,0,0,1,1.25,1.2,1.5,2099-01-01,,a new law,2098-12-01\n"
                                             "ordinary,0,0,1,1.25,1.1,1.375,2018-01-01,2098-12-31,");
  g_autofree char *answer = NULL;
  Tenant tenant;

  set_up (&tenant);
  g_assert_cmpint (run (&tenant, "load", shipped, &answer), ==, 0);
  assert_loads (&tenant, folder, 0, 2, 0);
  g_assert_cmpint (armms_test_database_integer (tenant.database,
    "select first8_night from finance_rates.premiums where day_type = 'ordinary' and not rest_day and daterange(valid_from, valid_to, '[]') @> date '2098-12-31'"), ==, 1100000);
  g_assert_cmpint (armms_test_database_integer (tenant.database,
    "select first8_night from finance_rates.premiums where day_type = 'ordinary' and not rest_day and daterange(valid_from, valid_to, '[]') @> date '2099-01-01'"), ==, 1200000);
  law_folder_remove (folder);
  armms_test_database_free (tenant.database);
}

static const struct { const char *name, *file, *find, *replace; gboolean readable; } wrong[] = {
  { "a gap", "limits.csv", "2015-01-01,2017-12-31", "2015-01-01,2017-12-30", FALSE },
  { "a holiday twice", "holidays.csv", "2026-05-01,Labor Day,", "2026-05-01,Labor Day,regular,national,twice,published,2026-11-21\n2026-05-01,Labor Day,", FALSE },
  { "a table in force that reads otherwise", "philhealth.csv", "0.025,0.025,1000000,10000000", "0.025,0.025,1000000,11000000", TRUE },
  { "a premium in force that reads otherwise", "premium-matrix.csv", "ordinary,0,0,1,1.25,1.1,1.375", "ordinary,0,0,1,1.25,1.2,1.5", TRUE },
  { "a holiday that has passed as another kind", "holidays.csv", "2026-05-01,Labor Day,regular", "2026-05-01,Labor Day,special", TRUE },
};

static void
test_refused (void)
{
  g_autofree char *shipped = law_folder_shipped ();
  g_autofree char *answer = NULL;
  Tenant tenant;
  gint64 all;

  set_up (&tenant);
  g_assert_cmpint (run (&tenant, "load", shipped, &answer), ==, 0);
  all = count_all (&tenant);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *folder = law_folder_copy (wrong[i].file, wrong[i].find, wrong[i].replace);
      g_autofree char *said = NULL;
      g_autofree char *checked = NULL;

      g_test_message ("%s", wrong[i].name);
      g_assert_cmpint (run (&tenant, "load", folder, &said), !=, 0);
      g_assert_cmpint (count_all (&tenant), ==, all);
      g_assert_cmpint (run (&tenant, "check", folder, &checked), ==, wrong[i].readable ? 0 : FOUND);
      law_folder_remove (folder);
    }
  armms_test_database_free (tenant.database);
}

/* Calendars of years to come: what a person cancelled stays so, a day that is still to come may be proclaimed anew. */
static void
test_holidays (void)
{
  g_autofree char *folder = law_folder_copy (NULL, NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "holidays.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GString) longer = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *kind = NULL;
  Tenant tenant;

  set_up (&tenant);
  g_assert_cmpint (run (&tenant, "load", folder, &answer), ==, 0);
  armms_test_database_exec (tenant.database, "update scheduling.holidays set status = 'CANCELLED' where on_date = '2026-06-24'");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  longer = g_string_new (text);
  for (int year = 2028; year < 2100; year++)
    g_string_append_printf (longer, "%d-01-01,New Year's Day,regular,national,made up,published,2026-11-21\n", year);
  g_assert_true (g_file_set_contents (path, longer->str, -1, NULL));
  assert_loads (&tenant, folder, 0, 0, 2100 - 2028);
  law_folder_change (folder, "holidays.csv", "2099-01-01,New Year's Day,regular", "2099-01-01,New Year's Day,special");
  assert_loads (&tenant, folder, 0, 0, 1);
  kind = armms_test_database_value (tenant.database, "select day_type from scheduling.holidays where on_date = '2099-01-01'");
  g_assert_cmpstr (kind, ==, "special");
  assert_loads (&tenant, folder, 0, 0, 0);
  g_assert_cmpint (armms_test_database_integer (tenant.database, "select count(*) from scheduling.holidays where status = 'CANCELLED'"), ==, 1);
  law_folder_remove (folder);
  armms_test_database_free (tenant.database);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/statutory/loads-all-of-the-folder", test_load);
  g_test_add_func ("/ctl/statutory/another-night-premium", test_night_premium);
  g_test_add_func ("/ctl/statutory/what-is-refused", test_refused);
  g_test_add_func ("/ctl/statutory/holidays", test_holidays);
  return g_test_run ();
}
