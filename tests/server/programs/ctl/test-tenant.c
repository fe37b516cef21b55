/* armmsctl tenant create: a new tenant can work from its first night on. */
#include "tests/support/test-database.h"

#include "common/base/id.h"

#include <string.h>
#include <sys/wait.h>

static int
create (ArmmsTestDatabase *database, const char *code, char **ret_answer)
{
  g_autofree char *program = g_build_filename (g_getenv ("ARMMS_BUILD_ROOT"), "server/programs/armmsctl", NULL);
  const char *argv[] = { program, "--config", armms_test_database_config_file (database, "armms_worker"), "tenant", "create", "--code", code,
                         "--name", "Bantay Test Agency", NULL };
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, ret_answer, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
assert_count (ArmmsTestDatabase *database, const char *from, const char *tenant, gint64 wanted)
{
  g_autofree char *sql = g_strdup_printf ("select count(*) from %s and tenant_id = '%s'", from, tenant);

  g_assert_cmpint (armms_test_database_integer (database, sql), ==, wanted);
}

static void
test_create (void)
{
  g_autoptr(ArmmsTestDatabase) database = armms_test_database_new ();
  g_autofree char *answer = NULL;
  g_autofree char *tenant = NULL;

  g_assert_cmpint (create (database, "bantay-test", &answer), ==, 0);
  tenant = armms_test_database_value (database, "select tenant_id from tenant.tenants where code = 'bantay-test'");
  g_assert_nonnull (strstr (answer, tenant));
  /* Days are closed, and the audit log is looked at, every night. */
  assert_count (database, "queue.schedules where schedule_id in ('timekeeping.sweep', 'audit.verify') and every = interval '1 day'", tenant, 2);
  assert_count (database, "timekeeping.working_times where true", tenant, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/tenant/a-new-tenant-has-its-law-and-its-nights", test_create);
  return g_test_run ();
}
