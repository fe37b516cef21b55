/* Migrations: twice, two at once, a changed, missing or skipped past, a failure in the middle, and two databases. */
#include "server/platform/migrate/migrate.h"
#include "tests/support/test-database.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/wait.h>

static char *folder; /* a small past of our own */

static void
write_file (const char *name, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, sql, -1, &error));
}

static void
remove_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
}

static void
set_up_folder (void)
{
  g_autofree char *cluster = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "migrations/cluster.sql", NULL);
  g_autofree char *sql = NULL;

  folder = g_dir_make_tmp ("armms-migrations-XXXXXX", NULL);
  g_assert_true (g_file_get_contents (cluster, &sql, NULL, NULL));
  write_file ("cluster.sql", sql);
  write_file ("0001-platform-one.sql", "create table platform.one (n integer);");
  write_file ("0020-hr-two.sql", "create table hr_core.two (n integer); insert into hr_core.two select 1;");
  write_file ("0080-payroll-three.sql", "create table payroll.three (n integer);");
}

static void
tear_down_folder (void)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    remove_file (name);
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static ArmmsDb *
open_owner (ArmmsTestDatabase *database)
{
  g_autoptr(ArmmsConfig) config = armms_test_database_config (database, NULL);
  GError *error = NULL;
  ArmmsDb *db = armms_db_new (config, TRUE, &error);

  g_assert_no_error (error);
  return db;
}

static guint
migrate (ArmmsTestDatabase *database)
{
  g_autoptr(ArmmsDb) db = open_owner (database);
  GError *error = NULL;
  guint n = 0;

  g_assert_true (armms_migrate_run (db, folder, NULL, NULL, &n, &error));
  g_assert_no_error (error);
  return n;
}

static void
assert_refused (ArmmsTestDatabase *database, const char *code)
{
  g_autoptr(ArmmsDb) db = open_owner (database);
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_assert_false (armms_migrate_run (db, folder, NULL, NULL, &n, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, code);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_twice (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new_bare ();

  set_up_folder ();
  g_assert_cmpuint (migrate (database), ==, 3);
  g_assert_cmpuint (migrate (database), ==, 0);
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from hr_core.two"), ==, 1);
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from pg_tables where tableowner = 'armms_owner' and tablename in ('one', 'two', 'three')"), ==, 3);
  write_file ("0021-hr-four.sql", "insert into hr_core.two select 2;");
  g_assert_cmpuint (migrate (database), ==, 1);
  /* Another room's lower number is no gap: rooms have blocks of their own. */
  write_file ("0030-scheduling-five.sql", "create table scheduling.five (n integer);");
  g_assert_cmpuint (migrate (database), ==, 1);
  tear_down_folder ();
}

static gpointer
migrate_in_thread (gpointer database)
{
  return GUINT_TO_POINTER (migrate (database));
}

static void
test_at_once (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new_bare ();
  GThread *threads[4];
  guint n = 0;

  set_up_folder ();
  write_file ("0001-platform-one.sql", "select pg_sleep(0.2); create table platform.one (n integer);");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("migrate", migrate_in_thread, database);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    n += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from hr_core.two"), ==, 1);
  tear_down_folder ();
}

/* Two databases of one cluster share the roles. */
static void
test_two_databases_at_once (void)
{
  g_autoptr(ArmmsTestDatabase) a = armms_test_database_new_bare ();
  g_autoptr(ArmmsTestDatabase) b = armms_test_database_new_bare ();
  GThread *other;

  set_up_folder ();
  other = g_thread_new ("migrate", migrate_in_thread, b);
  g_assert_cmpuint (migrate (a), ==, 3);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (other)), ==, 3);
  tear_down_folder ();
}

static void
test_bad_past (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new_bare ();

  set_up_folder ();
  write_file ("0022-hr-six.sql", "select 1;");
  migrate (database);
  write_file ("0090-payroll-later.sql", "create table payroll.later (n integer);");

  write_file ("0020-hr-two.sql", "create table hr_core.two (n bigint);");
  assert_refused (database, "migrate.changed_past");
  remove_file ("0020-hr-two.sql");
  assert_refused (database, "migrate.missing");
  write_file ("0020-hr-two.sql", "create table hr_core.two (n integer); insert into hr_core.two select 1;");
  write_file ("0021-hr-late.sql", "select 1;");
  assert_refused (database, "migrate.gap");
  remove_file ("0021-hr-late.sql");
  write_file ("0090-hr-twin.sql", "select 1;");
  assert_refused (database, "migrate.name");
  remove_file ("0090-hr-twin.sql");
  write_file ("0091-nobody-knows.sql", "select 1;");
  assert_refused (database, "migrate.name");
  remove_file ("0091-nobody-knows.sql");
  /* Nothing was done meanwhile; mended, it goes on. */
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from platform.migrations"), ==, 4);
  g_assert_cmpuint (migrate (database), ==, 1);
  tear_down_folder ();
}

static void
test_failure_in_the_middle (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new_bare ();
  g_autoptr(ArmmsDb) db = open_owner (database);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) status = NULL;

  set_up_folder ();
  write_file ("0020-hr-two.sql", "create table hr_core.two (n integer); select 1/0;");
  g_assert_false (armms_migrate_run (db, folder, NULL, NULL, NULL, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "migrate.failed");
  g_assert_nonnull (strstr (error->message, "0020-hr-two"));
  g_assert_nonnull (strstr (error->message, "division by zero"));
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from pg_tables where tablename = 'two'"), ==, 0);
  g_clear_error (&error);
  status = armms_migrate_status (db, folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (status->len, ==, 3);
  g_assert_cmpstr (((ArmmsMigration *) status->pdata[0])->state, ==, "applied");
  g_assert_cmpstr (((ArmmsMigration *) status->pdata[1])->state, ==, "pending");
  write_file ("0020-hr-two.sql", "create table hr_core.two (n integer);");
  g_assert_cmpuint (migrate (database), ==, 2);
  tear_down_folder ();
}

/* The real ones: payroll's tables stand in payroll's database only, the shared ones in both. */
static void
test_payroll_apart (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new_payroll_apart ();
  PGconn *payroll = armms_test_database_owner (database, "payroll");
  PGresult *result = PQexec (payroll, "select count(*) filter (where schemaname = 'audit'), count(*) filter (where schemaname in ('hr_core', 'timekeeping')),"
                                      " count(*) filter (where schemaname = 'queue') from pg_tables");

  g_assert_cmpstr (PQgetvalue (result, 0, 0), !=, "0");
  g_assert_cmpstr (PQgetvalue (result, 0, 1), ==, "0");
  g_assert_cmpstr (PQgetvalue (result, 0, 2), !=, "0");
  PQclear (result);
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from pg_tables where schemaname = 'payroll'"), ==, 0);
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from pg_tables where schemaname = 'hr_core'"), >, 0);
}

/* From nothing to the shape of today, in less than three seconds. */
static void
test_whole (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new_bare ();
  g_autoptr(ArmmsDb) db = open_owner (database);
  GError *error = NULL;
  gint64 started = g_get_monotonic_time ();
  guint n = 0;

  g_assert_true (armms_migrate_run (db, NULL, NULL, NULL, &n, &error));
  g_assert_no_error (error);
  g_test_message ("%u files in %.1f s", n, (g_get_monotonic_time () - started) / 1e6);
  g_assert_cmpuint (n, >, 10);
  g_assert_true (armms_migrate_run (db, NULL, NULL, NULL, &n, &error));
  g_assert_cmpuint (n, ==, 0);
}

static void
assert_unready (ArmmsTestDatabase *database, const char *code)
{
  g_autoptr(ArmmsConfig) config = armms_test_database_config (database, "armms_server");
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsDb) db = armms_db_new (config, FALSE, &error);

  if (code == NULL)
    {
      g_assert_true (armms_migrate_check (db, &error));
      g_assert_no_error (error);
      return;
    }
  g_assert_false (armms_migrate_check (db, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, code);
}

/* A server does not serve a database that is not what it needs. */
static void
test_ready (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new ();

  assert_unready (database, NULL);
  armms_test_database_exec (database, "insert into platform.migrations (file_name, room, sha256, milliseconds) values ('9999-hr-newer', 'hr', 'x', 1)");
  assert_unready (database, NULL); /* a newer program migrated it: this one is being replaced */
  armms_test_database_exec (database, "alter table hr_core.employees no force row level security");
  assert_unready (database, "db.unguarded");
  armms_test_database_exec (database, "alter table hr_core.employees force row level security; update platform.migrations set sha256 = 'x' where file_name like '0020-%'");
  assert_unready (database, "db.not_migrated");
  armms_test_database_exec (database, "delete from platform.migrations where file_name like '0020-%'");
  assert_unready (database, "db.not_migrated");
}

static int
run_ctl (const char *config, const char *arguments, char **ret_output)
{
  g_autofree char *command = g_strdup_printf ("%s/server/programs/armmsctl --config %s %s", g_getenv ("ARMMS_BUILD_ROOT"), config, arguments);
  int status = 0;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_spawn_command_line_sync (command, ret_output, NULL, &status, &error));
  return WEXITSTATUS (status);
}

static void
test_ctl (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new_bare ();
  const char *config = armms_test_database_config_file (database, NULL);
  g_autofree char *pending = NULL, *applied = NULL, *again = NULL, *status = NULL, *help = NULL;

  g_assert_cmpint (run_ctl (config, "--json migrate --status", &pending), ==, 3);
  g_assert_nonnull (strstr (pending, "\"state\":\"pending\""));
  g_assert_cmpint (run_ctl (config, "migrate", &applied), ==, 0);
  g_assert_cmpint (run_ctl (config, "--json migrate", &again), ==, 0);
  g_assert_cmpstr (again, ==, "{\"applied\":0}\n");
  g_assert_cmpint (run_ctl (config, "migrate --status", &status), ==, 0);
  g_assert_cmpint (run_ctl ("/nonexistent", "migrate", NULL), ==, 1);
  g_assert_cmpint (run_ctl (config, "migrate --nonsense", NULL), ==, 2);
  g_assert_cmpint (run_ctl (config, "nonsense", NULL), ==, 2);
  g_assert_cmpint (run_ctl (config, "--help", &help), ==, 0);
  g_assert_nonnull (strstr (help, "migrate"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migrate/a second run finds nothing to do", test_twice);
  g_test_add_func ("/migrate/four at once do it once", test_at_once);
  g_test_add_func ("/migrate/two databases of one cluster at once", test_two_databases_at_once);
  g_test_add_func ("/migrate/a changed, missing, skipped or doubled file is refused", test_bad_past);
  g_test_add_func ("/migrate/a failure leaves the files before it", test_failure_in_the_middle);
  g_test_add_func ("/migrate/payroll in a database of its own", test_payroll_apart);
  g_test_add_func ("/migrate/the whole past, twice", test_whole);
  g_test_add_func ("/migrate/a server waits for what it needs", test_ready);
  g_test_add_func ("/migrate/armmsctl answers with codes and JSON", test_ctl);
  return g_test_run ();
}
