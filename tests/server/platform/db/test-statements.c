/* Every statement of every room is prepared, and its rights are checked, as the role of its room.
 *
 * PREPARE alone looks at names only; EXPLAIN of the prepared statement starts its plan and so asks for each right, without
 * running it. A statement that calls a function which is granted to a unit only (the worker's claims and streams) is checked as that. */
#include "tests/support/test-database.h"

#include "server/platform/db/schemas.h"

#include <string.h>

typedef struct {
  char *path; /* from the top of the source */
  char *sql;
} Statement;

static ArmmsTestDatabase *database;
static GHashTable *by_room; /* role's room -> GPtrArray of Statement */

static void
statement_free (gpointer data)
{
  Statement *statement = data;

  g_free (statement->path);
  g_free (statement->sql);
  g_free (statement);
}

static void
add (const char *room, const char *path, char *sql)
{
  GPtrArray *list = g_hash_table_lookup (by_room, room);
  Statement *statement = g_new0 (Statement, 1);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (statement_free);
      g_hash_table_insert (by_room, g_strdup (room), list);
    }
  statement->path = g_strdup (path);
  statement->sql = sql;
  g_ptr_array_add (list, statement);
}

/* Statements of the outbox are one text for every room that has one. */
static void
add_for_schemas (const char *path, const char *sql)
{
  for (const char *const *room = armms_room_names (); *room != NULL; room++)
    {
      const char *schema = armms_schema_of_room (*room);
      g_autofree char *question = g_strdup_printf ("select count(*) from pg_class where oid = to_regclass('%s.%s_outbox')", schema, schema);
      GString *text;

      if (armms_test_database_integer (database, question) == 0)
        continue;
      text = g_string_new (sql);
      g_string_replace (text, "{schema}", schema, 0);
      add (*room, path, g_string_free (text, FALSE));
    }
}

static void
read_folder (const char *top, const char *folder)
{
  g_autofree char *full = g_build_filename (top, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (full, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *full_path = g_build_filename (top, path, NULL);

      if (g_file_test (full_path, G_FILE_TEST_IS_DIR))
        {
          read_folder (top, path);
        }
      else if (g_str_has_suffix (name, ".sql") && g_str_has_suffix (folder, "/sql"))
        {
          g_auto(GStrv) parts = g_strsplit (path, "/", -1);
          char *sql = NULL;

          g_assert_true (g_file_get_contents (full_path, &sql, NULL, NULL));
          if (strstr (sql, "{schema}") != NULL)
            {
              add_for_schemas (path, sql);
              g_free (sql);
            }
          else if (g_str_equal (parts[1], "platform"))
            {
              gboolean queue = strstr (path, "/jobs/") != NULL || strstr (path, "/stream/") != NULL || strstr (path, "/doorbell/") != NULL;

              add (queue ? "queue" : "platform", path, sql);
            }
          else
            {
              add (parts[1], path, sql);
            }
        }
    }
}

/* NULL when it is prepared and allowed; else what the server says. */
static char *
check (PGconn *pg, const char *sql, gboolean *ret_forbidden)
{
  PGresult *result = PQprepare (pg, "s", sql, 0, NULL);
  g_autoptr(GString) explain = g_string_new ("explain execute s");
  char *complaint = NULL;

  *ret_forbidden = FALSE;
  if (PQresultStatus (result) == PGRES_COMMAND_OK)
    {
      int n;

      PQclear (result);
      result = PQdescribePrepared (pg, "s");
      n = PQnparams (result);
      for (int i = 0; i < n; i++)
        g_string_append (explain, i == 0 ? " (null" : ", null");
      if (n > 0)
        g_string_append_c (explain, ')');
      PQclear (result);
      result = PQexec (pg, explain->str);
    }
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    {
      complaint = g_strstrip (g_strdup (PQresultErrorMessage (result)));
      *ret_forbidden = strstr (complaint, "permission denied for") != NULL;
    }
  PQclear (result);
  PQclear (PQexec (pg, "deallocate all"));
  return complaint;
}

static PGconn *
connect_with_role (const char *role)
{
  PGconn *pg = armms_test_database_connect (database, "main", "postgres");
  g_autofree char *sql = g_strdup_printf ("set session authorization %s; set plan_cache_mode = force_generic_plan", role);
  PGresult *result = PQexec (pg, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQresultErrorMessage (result));
  PQclear (result);
  return pg;
}

static void
test_room (gconstpointer user_data)
{
  const char *room = user_data;
  const GPtrArray *list = g_hash_table_lookup (by_room, room);
  g_autofree char *role = g_strconcat ("armms_room_", room, NULL);
  PGconn *pg = connect_with_role (role);
  PGconn *worker = connect_with_role ("armms_worker");

  g_assert_cmpuint (list->len, >, 0);
  for (guint i = 0; i < list->len; i++)
    {
      const Statement *statement = list->pdata[i];
      gboolean forbidden;
      g_autofree char *complaint = check (pg, statement->sql, &forbidden);

      /* What only the worker's process does is granted to it alone: claims, slots, seals. */
      if (complaint != NULL && forbidden && (g_str_has_prefix (statement->path, "server/platform/") || strstr (complaint, "for function") != NULL))
        {
          g_clear_pointer (&complaint, g_free);
          complaint = check (worker, statement->sql, &forbidden);
        }
      if (complaint == NULL)
        continue;
      g_test_message ("%s as %s: %s", statement->path, role, complaint);
      g_test_fail ();
    }
  g_test_message ("%u statements", list->len);
  PQfinish (pg);
  PQfinish (worker);
}

/* The C names of rooms and the database's are the same. */
static void
test_rooms_agree (void)
{
  guint n = 0;

  for (const char *const *room = armms_room_names (); *room != NULL; room++, n++)
    {
      g_autofree char *sql = g_strdup_printf ("select schema_name from platform.rooms where room = '%s'", *room);
      g_autofree char *schema = armms_test_database_value (database, sql);
      g_autofree char *role_sql = g_strdup_printf ("select count(*) from pg_roles where rolname = 'armms_room_%s'", *room);

      g_assert_cmpstr (schema, ==, armms_schema_of_room (*room));
      g_assert_cmpint (armms_test_database_integer (database, role_sql), ==, 1);
    }
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from platform.rooms"), ==, n);
}

int
main (int argc, char **argv)
{
  GHashTableIter iter;
  gpointer room;
  int code;

  g_test_init (&argc, &argv, NULL);
  database = armms_test_database_new ();
  by_room = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  read_folder (g_getenv ("ARMMS_SOURCE_ROOT"), "server");
  g_test_add_func ("/statements/rooms have one name in C and in SQL", test_rooms_agree);
  g_hash_table_iter_init (&iter, by_room);
  while (g_hash_table_iter_next (&iter, &room, NULL))
    {
      g_autofree char *path = g_strdup_printf ("/statements/%s", (char *) room);

      g_test_add_data_func (path, room, test_room);
    }
  code = g_test_run ();
  g_hash_table_unref (by_room);
  armms_test_database_free (database);
  return code;
}
