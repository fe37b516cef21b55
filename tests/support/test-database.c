#include "tests/support/test-database.h"

#include "server/platform/migrate/migrate.h"

#include <glib/gstdio.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whoever makes a template holds it, so that it is made once. */
#define TEMPLATE_LOCK "select pg_advisory_lock(4711814223302)"

struct _ArmmsTestDatabase {
  char *socket, *port;       /* owned */
  char *name, *payroll_name; /* owned; payroll_name NULL: payroll stands in main */
  PGconn *owner, *payroll_owner;
  GPtrArray *files;          /* configuration files to remove */
  guint8 keys[3][32];
};

static const char *const key_names[] = { "jwt-key", "master-key", "cursor-key" };

static PGconn *
connect_as (const char *socket, const char *port, const char *dbname, const char *role)
{
  const char *keywords[] = { "host", "port", "dbname", "user", "application_name", "options", NULL };
  const char *values[] = { socket, port, dbname, role, "armms-test", "-c client_min_messages=warning -c timezone=UTC", NULL };
  PGconn *pg = PQconnectdbParams (keywords, values, 0);

  if (PQstatus (pg) != CONNECTION_OK)
    g_error ("the test cluster does not answer: %s", PQerrorMessage (pg));
  return pg;
}

static void
must (PGconn *pg, const char *sql)
{
  PGresult *result = PQexec (pg, sql);
  ExecStatusType status = PQresultStatus (result);

  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    g_error ("%s: %s", sql, PQerrorMessage (pg));
  PQclear (result);
}

static char *
value_of (PGconn *pg, const char *sql)
{
  PGresult *result = PQexec (pg, sql);
  char *value;

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", sql, PQerrorMessage (pg));
  value = g_strdup (PQntuples (result) > 0 ? PQgetvalue (result, 0, 0) : "");
  PQclear (result);
  return value;
}

static void
exec_format (PGconn *pg, const char *format, const char *a, const char *b)
{
  g_autofree char *quoted_a = PQescapeIdentifier (pg, a, strlen (a));
  char *quoted_b = b != NULL ? PQescapeIdentifier (pg, b, strlen (b)) : NULL;
  GString *sql = g_string_new (format);

  g_string_replace (sql, "%1", quoted_a, 0);
  if (quoted_b != NULL)
    g_string_replace (sql, "%2", quoted_b, 0);
  must (pg, sql->str);
  g_string_free (sql, TRUE);
  PQfreemem (quoted_b);
}

static char *
conninfo_of (const char *socket, const char *port, const char *name)
{
  return g_strdup_printf ("host=%s port=%s dbname=%s", socket, port, name);
}

static void
put_databases (ArmmsTestDatabase *self, ArmmsConfig *config)
{
  g_autofree char *main_conninfo = conninfo_of (self->socket, self->port, self->name);

  armms_config_set (config, "database", "main", main_conninfo);
  if (self->payroll_name != NULL)
    {
      g_autofree char *payroll_conninfo = conninfo_of (self->socket, self->port, self->payroll_name);

      armms_config_set (config, "database", "payroll", payroll_conninfo);
      armms_config_set (config, "schemas", "payroll", "payroll");
    }
}

static void
migrate (const ArmmsTestDatabase *like, const char *name, const char *payroll_name)
{
  ArmmsTestDatabase shape = *like;
  g_autoptr(ArmmsConfig) config = armms_config_new ();
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(GError) error = NULL;

  shape.name = (char *) name;
  shape.payroll_name = (char *) payroll_name;
  put_databases (&shape, config);
  armms_config_set (config, "database", "owner", "postgres");
  db = armms_db_new (config, TRUE, &error);
  if (db == NULL || !armms_migrate_run (db, NULL, NULL, NULL, NULL, &error))
    g_error ("migrating a test database: %s", error->message);
}

/* The names of the templates that carry today's migrations; made when nobody has yet. */
static void
find_templates (ArmmsTestDatabase *self, PGconn *admin, gboolean apart, char **ret_main, char **ret_payroll)
{
  g_autofree char *fingerprint = armms_migrate_fingerprint (NULL, NULL);
  g_autofree char *there = NULL;
  g_autofree char *question = NULL;

  *ret_main = g_strdup_printf ("armms_template_%.16s%s", fingerprint, apart ? "_apart" : "");
  *ret_payroll = apart ? g_strconcat (*ret_main, "_payroll", NULL) : NULL;
  must (admin, TEMPLATE_LOCK);
  question = g_strdup_printf ("select count(*) from pg_database where datname = '%s' and datistemplate", *ret_main);
  there = value_of (admin, question);
  if (g_str_equal (there, "0"))
    {
      exec_format (admin, "drop database if exists %1", *ret_main, NULL);
      exec_format (admin, "create database %1", *ret_main, NULL);
      if (apart)
        {
          exec_format (admin, "drop database if exists %1", *ret_payroll, NULL);
          exec_format (admin, "create database %1", *ret_payroll, NULL);
        }
      migrate (self, *ret_main, *ret_payroll);
      exec_format (admin, "alter database %1 is_template true", *ret_main, NULL);
    }
}

static char *
new_name (void)
{
  return g_strdup_printf ("armms_test_%d_%08x", (int) getpid (), g_random_int ());
}

/* Copies wait for one another: a template may have no other visitor. */
static ArmmsTestDatabase *
make (gboolean migrated, gboolean apart)
{
  ArmmsTestDatabase *self = g_new0 (ArmmsTestDatabase, 1);
  PGconn *admin;

  self->socket = g_strdup (g_getenv ("ARMMS_TEST_SOCKET"));
  self->port = g_strdup (g_getenv ("ARMMS_TEST_PORT") != NULL ? g_getenv ("ARMMS_TEST_PORT") : "5432");
  if (self->socket == NULL)
    {
      g_print ("1..0 # SKIP there is no test cluster: use tests/run.sh\n");
      exit (77);
    }
  self->files = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (self->keys); i++)
    for (gsize b = 0; b < sizeof self->keys[i]; b++)
      self->keys[i][b] = g_random_int_range (0, 256);
  self->name = new_name ();
  self->payroll_name = apart ? g_strconcat (self->name, "_payroll", NULL) : NULL;

  admin = connect_as (self->socket, self->port, "postgres", "postgres");
  if (migrated)
    {
      g_autofree char *main_template = NULL;
      g_autofree char *payroll_template = NULL;

      find_templates (self, admin, apart, &main_template, &payroll_template);
      exec_format (admin, "create database %1 template %2 strategy file_copy", self->name, main_template);
      if (apart)
        exec_format (admin, "create database %1 template %2 strategy file_copy", self->payroll_name, payroll_template);
      /* Rights on a database are not copied with it. */
      exec_format (admin, "revoke all on database %1 from public", self->name, NULL);
      exec_format (admin, "grant connect on database %1 to armms_server, armms_ingest, armms_worker, armms_notify, armms_owner", self->name, NULL);
    }
  else
    {
      exec_format (admin, "create database %1", self->name, NULL);
    }
  PQfinish (admin);
  self->owner = connect_as (self->socket, self->port, self->name, "postgres");
  if (apart)
    self->payroll_owner = connect_as (self->socket, self->port, self->payroll_name, "postgres");
  return self;
}

ArmmsTestDatabase *
armms_test_database_new (void)
{
  return make (TRUE, FALSE);
}

ArmmsTestDatabase *
armms_test_database_new_payroll_apart (void)
{
  return make (TRUE, TRUE);
}

ArmmsTestDatabase *
armms_test_database_new_bare (void)
{
  return make (FALSE, FALSE);
}

void
armms_test_database_free (ArmmsTestDatabase *self)
{
  PGconn *admin;

  if (self == NULL)
    return;
  PQfinish (self->owner);
  PQfinish (self->payroll_owner);
  admin = connect_as (self->socket, self->port, "postgres", "postgres");
  exec_format (admin, "drop database if exists %1 with (force)", self->name, NULL);
  if (self->payroll_name != NULL)
    exec_format (admin, "drop database if exists %1 with (force)", self->payroll_name, NULL);
  PQfinish (admin);
  for (guint i = 0; i < self->files->len; i++)
    g_unlink (self->files->pdata[i]);
  g_ptr_array_unref (self->files);
  g_free (self->socket);
  g_free (self->port);
  g_free (self->name);
  g_free (self->payroll_name);
  g_free (self);
}

ArmmsConfig *
armms_test_database_config (ArmmsTestDatabase *self, const char *role)
{
  ArmmsConfig *config = armms_config_new ();

  put_databases (self, config);
  if (role != NULL)
    armms_config_set (config, "database", "user", role);
  armms_config_set (config, "database", "owner", "postgres");
  for (gsize i = 0; i < G_N_ELEMENTS (key_names); i++)
    armms_config_set_secret (config, key_names[i], self->keys[i], sizeof self->keys[i]);
  return config;
}

const char *
armms_test_database_config_file (ArmmsTestDatabase *self, const char *role)
{
  g_autofree char *main_conninfo = conninfo_of (self->socket, self->port, self->name);
  g_autoptr(GString) text = g_string_new ("[database]\n");
  char *path = NULL;
  int fd = g_file_open_tmp ("armms-test-XXXXXX.conf", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_string_append_printf (text, "main=%s\nowner=postgres\n", main_conninfo);
  if (role != NULL)
    g_string_append_printf (text, "user=%s\n", role);
  if (self->payroll_name != NULL)
    {
      g_autofree char *payroll_conninfo = conninfo_of (self->socket, self->port, self->payroll_name);

      g_string_append_printf (text, "payroll=%s\n[schemas]\npayroll=payroll\n", payroll_conninfo);
    }
  g_assert_cmpint (write (fd, text->str, text->len), ==, (gssize) text->len);
  close (fd);
  g_ptr_array_add (self->files, path);
  for (gsize i = 0; i < G_N_ELEMENTS (key_names); i++)
    {
      g_autofree char *variable = g_strconcat ("ARMMS_", key_names[i], NULL);
      g_autofree char *encoded = g_base64_encode (self->keys[i], sizeof self->keys[i]);

      for (char *c = variable; *c != '\0'; c++)
        *c = *c == '-' ? '_' : g_ascii_toupper (*c);
      g_setenv (variable, encoded, TRUE);
    }
  return path;
}

const char *
armms_test_database_name (ArmmsTestDatabase *self)
{
  return self->name;
}

PGconn *
armms_test_database_owner (ArmmsTestDatabase *self, const char *name)
{
  return self->payroll_owner != NULL && g_strcmp0 (name, "payroll") == 0 ? self->payroll_owner : self->owner;
}

PGconn *
armms_test_database_connect (ArmmsTestDatabase *self, const char *name, const char *role)
{
  gboolean payroll = self->payroll_name != NULL && g_strcmp0 (name, "payroll") == 0;

  return connect_as (self->socket, self->port, payroll ? self->payroll_name : self->name, role);
}

void
armms_test_database_exec (ArmmsTestDatabase *self, const char *sql)
{
  must (self->owner, sql);
}

char *
armms_test_database_value (ArmmsTestDatabase *self, const char *sql)
{
  return value_of (self->owner, sql);
}

gint64
armms_test_database_integer (ArmmsTestDatabase *self, const char *sql)
{
  g_autofree char *value = value_of (self->owner, sql);

  return g_ascii_strtoll (value, NULL, 10);
}
