#include "tests/server/programs/work/database.h"

#include <glib/gstdio.h>
#include <unistd.h>

struct _ArmmsTestDatabase {
  char *name;       /* owned */
  char *folder;     /* owned: configuration files */
  GHashTable *paths;/* role -> path, owned */
};

static const char *
socket_folder (void)
{
  const char *socket = g_getenv ("ARMMS_TEST_SOCKET");

  if (socket == NULL)
    g_error ("ARMMS_TEST_SOCKET is not set: run tests/run.sh db");
  return socket;
}

static void
shell (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
shell (const char *format, ...)
{
  va_list args;
  g_autofree char *command = NULL, *output = NULL, *errors = NULL;
  const char *argv[] = { "/bin/bash", "-c", NULL, NULL };
  int status = 0;

  va_start (args, format);
  command = g_strdup_vprintf (format, args);
  va_end (args);
  argv[2] = command;
  if (!g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &output, &errors, &status, NULL) || !g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s %s", command, output, errors);
}

ArmmsTestDatabase *
armms_test_database_new (void)
{
  ArmmsTestDatabase *self = g_new0 (ArmmsTestDatabase, 1);
  const char *root = g_getenv ("ARMMS_SOURCE_ROOT"), *migrations = g_getenv ("ARMMS_TEST_MIGRATIONS");
  g_autofree char *folder = migrations != NULL ? g_strdup (migrations) : g_build_filename (root, "migrations", NULL);
  const char *socket = socket_folder ();

  self->name = g_strdup_printf ("test_worker_%d_%x", (int) getpid (), g_random_int ());
  self->folder = g_dir_make_tmp ("armms-worker-XXXXXX", NULL);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  shell ("export PGHOST=%s PGUSER=postgres; createdb %s && psql -q -v ON_ERROR_STOP=1 -d %s -f %s/cluster.sql &&"
         " (echo 'set role armms_owner; create schema if not exists platform; create schema if not exists audit; create schema if not exists queue;"
         " create table if not exists platform.migrations (number integer);'; cat %s/000*.sql) | psql -q -v ON_ERROR_STOP=1 -1 -d %s -f -",
         socket, self->name, self->name, folder, folder, self->name);
  return self;
}

void
armms_test_database_free (ArmmsTestDatabase *self)
{
  shell ("dropdb -h %s -U postgres --force %s; rm -rf %s", socket_folder (), self->name, self->folder);
  g_hash_table_unref (self->paths);
  g_free (self->name);
  g_free (self->folder);
  g_free (self);
}

PGconn *
armms_test_database_connect (ArmmsTestDatabase *self)
{
  g_autofree char *conninfo = g_strdup_printf ("host=%s dbname=%s user=postgres", socket_folder (), self->name);
  PGconn *connection = PQconnectdb (conninfo);

  if (PQstatus (connection) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (connection));
  return connection;
}

const char *
armms_test_database_get_config_path (ArmmsTestDatabase *self, const char *role)
{
  char *path = g_hash_table_lookup (self->paths, role);

  if (path == NULL)
    {
      g_autofree char *text = g_strdup_printf ("[database]\nmain=host=%s dbname=%s\nuser=%s\n", socket_folder (), self->name, role);

      path = g_strdup_printf ("%s/%s.conf", self->folder, role);
      g_file_set_contents (path, text, -1, NULL);
      g_chmod (path, 0600);
      g_hash_table_insert (self->paths, g_strdup (role), path);
    }
  return path;
}
