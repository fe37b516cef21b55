#include "server/platform/migrate/migrate.h"

#include "server/platform/db/db-private.h"
#include "server/platform/db/schemas.h"
#include "server/platform/db/statement.h"

#include <string.h>

/* One lock for a database's migrations, whoever runs them. */
#define LOCK_SQL "select pg_advisory_lock(4711814223301)"
#define CLUSTER_TRIES 8

extern const ArmmsStatement armms_migration_statements[];

/* A file that could be applied. */
typedef struct {
  char *name; /* without .sql */
  char *room;
  char *sql;
  char *sha256;
} File;

/* A row of platform.migrations. */
typedef struct {
  char *sha256;
  char *applied_at;
} Applied;

static const char ledger_sql[] =
  "create schema if not exists platform;"
  "create table if not exists platform.migrations ("
  "  file_name text primary key, room text not null, sha256 text not null,"
  "  applied_at timestamptz not null default now(), applied_by name not null default session_user, milliseconds integer not null);"
  "comment on table platform.migrations is 'Files that were applied here, and what they said. No tenant: the same for all.'";

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->name);
  g_free (file->room);
  g_free (file->sql);
  g_free (file->sha256);
  g_free (file);
}

static void
applied_free (gpointer data)
{
  Applied *applied = data;

  g_free (applied->sha256);
  g_free (applied->applied_at);
  g_free (applied);
}

static void
migration_free (gpointer data)
{
  ArmmsMigration *migration = data;

  g_free (migration->database);
  g_free (migration->file);
  g_free (migration->room);
  g_free (migration->applied_at);
  g_free (migration);
}

static ArmmsMigration *
migration_new (const char *database, const char *file, const char *room, const char *state, const char *applied_at)
{
  ArmmsMigration *migration = g_new0 (ArmmsMigration, 1);

  migration->database = g_strdup (database);
  migration->file = g_strdup (file);
  migration->room = g_strdup (room);
  migration->state = state;
  migration->applied_at = g_strdup (applied_at);
  return migration;
}

/* --- the files --- */

static char *
room_of_name (const char *name)
{
  const char *room = strchr (name, '-');
  const char *end = room != NULL ? strchr (room + 1, '-') : NULL;

  return room == NULL ? NULL : end != NULL ? g_strndup (room + 1, end - room - 1) : g_strdup (room + 1);
}

static gboolean
add_file (GPtrArray *files, const char *name, const char *sql, GError **error)
{
  File *file = g_new0 (File, 1);

  file->name = g_strdup (name);
  file->sql = g_strchomp (g_strdup (sql));
  file->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, file->sql, -1);
  file->room = room_of_name (name);
  g_ptr_array_add (files, file);
  if (g_str_equal (name, "cluster"))
    return TRUE;
  if (file->room == NULL || strspn (name, "0123456789") != 4 || name[4] != '-' || armms_schema_of_room (file->room) == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "migrate.name", "the migration %s.sql is not named NNNN-<room>-<what>", name);
      return FALSE;
    }
  return TRUE;
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(File *const *) a)->name, (*(File *const *) b)->name);
}

static gboolean
read_folder (GPtrArray *files, const char *folder, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *base = NULL;
      g_autofree char *sql = NULL;

      if (!g_str_has_suffix (name, ".sql"))
        continue;
      base = g_strndup (name, strlen (name) - strlen (".sql"));
      if (!g_file_get_contents (path, &sql, NULL, error) || !add_file (files, base, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* In order; cluster.sql, which has no number, comes last. (transfer full) */
static GPtrArray *
load_files (const char *folder, GError **error)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (file_free);

  if (folder != NULL)
    {
      if (!read_folder (files, folder, error))
        return NULL;
    }
  else
    {
      for (const ArmmsStatement *statement = armms_migration_statements; statement->name != NULL; statement++)
        if (!add_file (files, statement->name, statement->sql, error))
          return NULL;
    }
  g_ptr_array_sort (files, compare_files);
  if (files->len == 0 || !g_str_equal (((File *) files->pdata[files->len - 1])->name, "cluster"))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "migrate.no_files", "there is no cluster.sql among the migrations");
      return NULL;
    }
  for (guint i = 1; i < files->len; i++)
    {
      const File *before = files->pdata[i - 1];
      const File *file = files->pdata[i];

      if (strncmp (before->name, file->name, 5) == 0)
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "migrate.name", "the migrations %s and %s have one number", before->name, file->name);
          return NULL;
        }
    }
  return g_steal_pointer (&files);
}

/* Which database gets a room's files. */
static gboolean
belongs_to (ArmmsDb *db, const char *database, const char *room)
{
  static const char *const everywhere[] = { "platform", "audit", "approvals", "queue", NULL };

  return g_strv_contains (everywhere, room) || g_str_equal (armms_db_name_of_schema (db, armms_schema_of_room (room)), database);
}

/* --- the database --- */

static gboolean
execute (PGconn *pg, const char *sql, const char *what, GError **error)
{
  PGresult *result = PQexec (pg, sql);
  ExecStatusType status = PQresultStatus (result);
  gboolean done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

  if (!done)
    {
      /* The administrator may see it all. */
      g_autofree char *message = g_strchomp (g_strdup (PQresultErrorMessage (result)));
      const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);

      armms_error_set (error, sqlstate != NULL ? ARMMS_ERROR_CONFLICT : ARMMS_ERROR_UNAVAILABLE, sqlstate != NULL ? "migrate.failed" : "db.away",
                       "%s: %s", what, message);
    }
  PQclear (result);
  return done;
}

/* Roles belong to the cluster: another database's migration may be granting at the same moment. */
static gboolean
run_cluster_file (PGconn *pg, const File *file, GError **error)
{
  for (guint try = 1;; try++)
    {
      g_autoptr(GError) cause = NULL;

      if (execute (pg, file->sql, "cluster", &cause))
        return TRUE;
      if (try == CLUSTER_TRIES || strstr (cause->message, "concurrently updated") == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      g_usleep (20000 * try + g_random_int_range (0, 20000));
    }
}

static gboolean
become_owner (PGconn *pg, GError **error)
{
  return execute (pg, "do $$ begin if current_user <> 'armms_owner' then set role armms_owner; end if; end $$", "migrating as armms_owner", error);
}

/* file name -> Applied; empty where nothing was migrated yet. (transfer full) */
static GHashTable *
load_applied (PGconn *pg, GError **error)
{
  g_autoptr(GHashTable) applied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, applied_free);
  PGresult *result = PQexec (pg, "select to_regclass('platform.migrations') is not null");
  gboolean there = PQresultStatus (result) == PGRES_TUPLES_OK && g_str_equal (PQgetvalue (result, 0, 0), "t");

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    {
      armms_db_set_error (error, result, pg, "reading what was migrated");
      PQclear (result);
      return NULL;
    }
  PQclear (result);
  if (!there)
    return g_steal_pointer (&applied);
  result = PQexec (pg, "select file_name, sha256, to_char(applied_at, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from platform.migrations");
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    {
      armms_db_set_error (error, result, pg, "reading what was migrated");
      PQclear (result);
      return NULL;
    }
  for (int i = 0; i < PQntuples (result); i++)
    {
      Applied *row = g_new0 (Applied, 1);

      row->sha256 = g_strdup (PQgetvalue (result, i, 1));
      row->applied_at = g_strdup (PQgetvalue (result, i, 2));
      g_hash_table_insert (applied, g_strdup (PQgetvalue (result, i, 0)), row);
    }
  PQclear (result);
  return g_steal_pointer (&applied);
}

/* --- what is to be done --- */

static gboolean
room_went_on (const GPtrArray *files, guint after, const char *room, GHashTable *applied)
{
  for (guint i = after + 1; i < files->len - 1; i++)
    {
      const File *file = files->pdata[i];

      if (g_str_equal (file->room, room) && g_hash_table_contains (applied, file->name))
        return TRUE;
    }
  return FALSE;
}

static void
compare_with_database (ArmmsDb *db, const char *database, const GPtrArray *files, GHashTable *applied, GPtrArray *list)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, row;

  for (guint i = 0; i < files->len - 1; i++)
    {
      const File *file = files->pdata[i];
      const Applied *before = g_hash_table_lookup (applied, file->name);
      const char *state = "pending";

      g_hash_table_add (seen, file->name);
      if (before == NULL && !belongs_to (db, database, file->room))
        continue;
      if (before != NULL)
        state = g_str_equal (before->sha256, file->sha256) ? "applied" : "changed";
      else if (room_went_on (files, i, file->room, applied))
        state = "gap";
      g_ptr_array_add (list, migration_new (database, file->name, file->room, state, before != NULL ? before->applied_at : NULL));
    }
  g_hash_table_iter_init (&iter, applied);
  while (g_hash_table_iter_next (&iter, &name, &row))
    if (!g_hash_table_contains (seen, name))
      {
        g_autofree char *room = room_of_name (name);

        g_ptr_array_add (list, migration_new (database, name, room != NULL ? room : "", "missing", ((Applied *) row)->applied_at));
      }
}

static gboolean
refuse_bad_past (const GPtrArray *list, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const ArmmsMigration *migration = list->pdata[i];

      if (g_str_equal (migration->state, "changed"))
        armms_error_set (error, ARMMS_ERROR_CONFLICT, "migrate.changed_past", "%s: %s was applied at %s and reads otherwise now: add a new file instead",
                         migration->database, migration->file, migration->applied_at);
      else if (g_str_equal (migration->state, "missing"))
        armms_error_set (error, ARMMS_ERROR_CONFLICT, "migrate.missing", "%s: %s was applied at %s, but this program does not know it",
                         migration->database, migration->file, migration->applied_at);
      else if (g_str_equal (migration->state, "gap"))
        armms_error_set (error, ARMMS_ERROR_CONFLICT, "migrate.gap", "%s: %s was never applied, but a later one of its room was",
                         migration->database, migration->file);
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

/* The room's schema is made here, so that no file needs to. */
static gboolean
make_schema (PGconn *pg, const char *room, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("create schema if not exists %s; grant usage on schema %s to armms_room_%s",
                                          armms_schema_of_room (room), armms_schema_of_room (room), room);

  return execute (pg, sql, "making the schema", error);
}

static gboolean
apply_file (PGconn *pg, const File *file, GError **error)
{
  gint64 started = g_get_monotonic_time ();
  g_autofree char *note = NULL;
  g_autoptr(GError) cause = NULL;

  if (execute (pg, "begin", file->name, &cause) && make_schema (pg, file->room, &cause) && execute (pg, file->sql, file->name, &cause))
    {
      note = g_strdup_printf ("insert into platform.migrations (file_name, room, sha256, milliseconds) values ('%s', '%s', '%s', %d)",
                              file->name, file->room, file->sha256, (int) ((g_get_monotonic_time () - started) / 1000));
      if (execute (pg, note, file->name, &cause) && execute (pg, "commit", file->name, &cause))
        return TRUE;
    }
  PQclear (PQexec (pg, "rollback"));
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static const File *
find_file (const GPtrArray *files, const char *name)
{
  for (guint i = 0; i < files->len; i++)
    if (g_str_equal (((File *) files->pdata[i])->name, name))
      return files->pdata[i];
  return NULL;
}

static gboolean
migrate_database (ArmmsDb *db, PGconn *pg, const char *database, const GPtrArray *files,
                  ArmmsMigrateProgress progress, gpointer data, guint *applied_count, GError **error)
{
  g_autoptr(GHashTable) applied = NULL;
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (migration_free);

  if (!execute (pg, LOCK_SQL, "waiting for another migration", error))
    return FALSE;
  applied = load_applied (pg, error);
  if (applied == NULL)
    return FALSE;
  compare_with_database (db, database, files, applied, list);
  if (!refuse_bad_past (list, error)
      || !run_cluster_file (pg, files->pdata[files->len - 1], error)
      || !become_owner (pg, error)
      || !execute (pg, ledger_sql, "making the ledger of migrations", error))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const ArmmsMigration *migration = list->pdata[i];

      if (!g_str_equal (migration->state, "pending"))
        continue;
      if (progress != NULL)
        progress (database, migration->file, data);
      if (!apply_file (pg, find_file (files, migration->file), error))
        return FALSE;
      (*applied_count)++;
    }
  /* Once more as who we are: what needs a superuser and the tables (the clock of the queue). */
  return execute (pg, "reset role", "migrating", error) && run_cluster_file (pg, files->pdata[files->len - 1], error);
}

gboolean
armms_migrate_run (ArmmsDb *db, const char *folder, ArmmsMigrateProgress progress, gpointer data, guint *ret_applied, GError **error)
{
  g_autoptr(GPtrArray) files = load_files (folder, error);
  const char *const *names = armms_db_get_names (db);
  guint applied = 0;

  if (files == NULL)
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      PGconn *pg = armms_db_connect (db, names[i], error);
      gboolean done;

      if (pg == NULL)
        return FALSE;
      done = migrate_database (db, pg, names[i], files, progress, data, &applied, error);
      PQfinish (pg); /* lets go of the lock */
      if (!done)
        return FALSE;
    }
  if (ret_applied != NULL)
    *ret_applied = applied;
  return TRUE;
}

GPtrArray *
armms_migrate_status (ArmmsDb *db, const char *folder, GError **error)
{
  g_autoptr(GPtrArray) files = load_files (folder, error);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (migration_free);
  const char *const *names = armms_db_get_names (db);

  if (files == NULL)
    return NULL;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr(GHashTable) applied = NULL;
      PGconn *pg = armms_db_connect (db, names[i], error);

      if (pg == NULL)
        return NULL;
      applied = load_applied (pg, error);
      PQfinish (pg);
      if (applied == NULL)
        return NULL;
      compare_with_database (db, names[i], files, applied, list);
    }
  return g_steal_pointer (&list);
}

static gboolean
check_guards (PGconn *pg, const char *database, GError **error)
{
  PGresult *result = PQexec (pg, "select coalesce(string_agg(format('%I.%I', g.schema_name, g.table_name), ', '), '')"
                                 "  from platform.guarded_tables as g"
                                 "  join pg_catalog.pg_class as c on c.oid = to_regclass(format('%I.%I', g.schema_name, g.table_name))"
                                 " where not (c.relrowsecurity and c.relforcerowsecurity)"
                                 "    or not exists (select from pg_catalog.pg_policy as p where p.polrelid = c.oid and p.polname = 'tenant')");
  gboolean fine = PQresultStatus (result) == PGRES_TUPLES_OK && g_str_equal (PQgetvalue (result, 0, 0), "");

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    armms_db_set_error (error, result, pg, "looking at row-level security");
  else if (!fine)
    armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unguarded", "the database %s has tables without row-level security: %s", database,
                     PQgetvalue (result, 0, 0));
  PQclear (result);
  return fine;
}

static gboolean
check_database (ArmmsDb *db, const char *database, const GPtrArray *files, GError **error)
{
  PGconn *pg = armms_db_connect (db, database, error);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (migration_free);
  g_autoptr(GHashTable) applied = pg != NULL ? load_applied (pg, error) : NULL;
  gboolean fine = applied != NULL;

  if (fine)
    compare_with_database (db, database, files, applied, list);
  for (guint i = 0; fine && i < list->len; i++)
    {
      const ArmmsMigration *migration = list->pdata[i];

      fine = g_str_equal (migration->state, "applied") || g_str_equal (migration->state, "missing");
      if (!fine)
        armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.not_migrated", "the database %s has not been migrated: %s is %s", database,
                         migration->file, migration->state);
    }
  fine = fine && check_guards (pg, database, error);
  PQfinish (pg);
  return fine;
}

static gpointer
new_flag (ArmmsDb *db)
{
  return g_new0 (gint, 1);
}

gboolean
armms_migrate_check (ArmmsDb *db, GError **error)
{
  gint *known = armms_db_attach (db, "migrated", new_flag, g_free);
  g_autoptr(GPtrArray) files = NULL;
  const char *const *names = armms_db_get_names (db);

  if (g_atomic_int_get (known))
    return TRUE;
  files = load_files (NULL, error);
  if (files == NULL)
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++)
    if (!check_database (db, names[i], files, error))
      return FALSE;
  g_atomic_int_set (known, TRUE);
  return TRUE;
}

char *
armms_migrate_fingerprint (const char *folder, GError **error)
{
  g_autoptr(GPtrArray) files = load_files (folder, error);
  g_autoptr(GChecksum) checksum = NULL;

  if (files == NULL)
    return NULL;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < files->len; i++)
    {
      const File *file = files->pdata[i];

      g_checksum_update (checksum, (const guchar *) file->name, -1);
      g_checksum_update (checksum, (const guchar *) file->sha256, -1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}
