#include "server/platform/db/db.h"

#include "server/platform/db/db-private.h"

#include <poll.h>
#include <string.h>

#define OLDEST_SERVER 150014
#define IDLE_CHECK_US (G_USEC_PER_SEC / 5)
#define BACKOFF_FIRST_MS 50
#define BACKOFF_MOST_MS 2000

struct _ArmmsPool
{
  ArmmsDb *db;        /* borrowed */
  char *label;        /* "main", "main-read"; owned */
  char *conninfo;     /* owned */
  GMutex lock;
  GCond freed;
  GQueue idle;        /* ArmmsConnection *, the last one used first */
  guint size, open, waiting;
  guint64 acquired, timed_out, reconnects;
  gboolean checked;   /* the server and our role were looked at */
  guint failures;     /* connects failed in a row */
  gint64 try_again;   /* monotonic */
};

typedef struct
{
  char *name;
  ArmmsPool *write, *read; /* read: NULL when there is no replica */
} Database;

struct _ArmmsDb
{
  ArmmsConfig *config;    /* owned */
  gboolean as_owner;
  gint64 wait_us;
  GPtrArray *databases;   /* Database *; owned */
  GPtrArray *names;       /* const char *, closed by NULL */
  GHashTable *schemas;    /* schema -> database name; owned */
  GHashTable *statements; /* "room/name" -> ArmmsStatementEntry *; owned */
};

static void
connection_free (ArmmsConnection *connection)
{
  PQfinish (connection->pg);
  g_hash_table_unref (connection->prepared);
  g_free (connection);
}

static void
pool_free (ArmmsPool *pool)
{
  ArmmsConnection *connection;

  if (pool == NULL)
    return;
  while ((connection = g_queue_pop_head (&pool->idle)) != NULL)
    connection_free (connection);
  g_mutex_clear (&pool->lock);
  g_cond_clear (&pool->freed);
  g_free (pool->label);
  g_free (pool->conninfo);
  g_free (pool);
}

static void
database_free (gpointer data)
{
  Database *database = data;

  pool_free (database->write);
  pool_free (database->read);
  g_free (database->name);
  g_free (database);
}

static void
entry_free (gpointer data)
{
  ArmmsStatementEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static ArmmsPool *
pool_new (ArmmsDb *db, const char *label, const char *conninfo, guint size)
{
  ArmmsPool *pool = g_new0 (ArmmsPool, 1);

  pool->db = db;
  pool->label = g_strdup (label);
  pool->conninfo = g_strdup (conninfo);
  pool->size = size;
  g_mutex_init (&pool->lock);
  g_cond_init (&pool->freed);
  g_queue_init (&pool->idle);
  return pool;
}

/* The configured conninfo, with our role and limits put in where it names none of its own. */
static PGconn *
open_connection (ArmmsDb *db, const char *conninfo)
{
  const char *user = armms_config_text (db->config, "database", db->as_owner ? "owner" : "user", db->as_owner ? "armms_owner" : "armms_server");
  gint64 statement_ms = armms_config_integer (db->config, "database", "statement-timeout-ms", 0, 86400000, db->as_owner ? 0 : 60000);
  gint64 lock_ms = armms_config_integer (db->config, "database", "lock-timeout-ms", 0, 86400000, 10000);
  gint64 idle_ms = armms_config_integer (db->config, "database", "idle-timeout-ms", 0, 86400000, 30000);
  g_autofree char *options = g_strdup_printf ("-c statement_timeout=%" G_GINT64_FORMAT " -c lock_timeout=%" G_GINT64_FORMAT
                                              " -c idle_in_transaction_session_timeout=%" G_GINT64_FORMAT
                                              " -c timezone=UTC -c client_min_messages=warning -c jit=off -c search_path=pg_catalog,public",
                                              statement_ms, lock_ms, idle_ms);
  gsize size = 0;
  const guint8 *secret = armms_config_secret (db->config, db->as_owner ? "owner-password" : "database-password", 1, &size, NULL);
  g_autofree char *password = secret != NULL ? g_strndup ((const char *) secret, size) : NULL;
  const char *keywords[] = { "user", "password", "options", "application_name", "connect_timeout", "client_encoding", "tcp_user_timeout",
                             "dbname", NULL };
  const char *values[] = { user, password, options, g_get_prgname (), "5", "UTF8", "15000", conninfo, NULL };

  /* dbname comes last and is expanded: what the conninfo says itself overrides what stands before it. */
  return PQconnectdbParams (keywords, values, /* expand_dbname= */ 1);
}

/* A server that is too old or a role that may do too much is refused before anything is asked of it. */
static gboolean
check_server (ArmmsDb *db, PGconn *pg, GError **error)
{
  PGresult *result;
  gboolean fine;

  if (PQserverVersion (pg) < OLDEST_SERVER)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.too_old", "PostgreSQL 15.14 or later is needed, the server is %s", PQparameterStatus (pg, "server_version"));
      return FALSE;
    }
  if (db->as_owner)
    return TRUE;
  result = PQexec (pg, "select r.rolsuper or r.rolbypassrls or exists (select from pg_catalog.pg_class as c where c.relowner = r.oid and c.relkind in ('r', 'p'))"
                       "  from pg_catalog.pg_roles as r where r.rolname = current_user");
  fine = PQresultStatus (result) == PGRES_TUPLES_OK && PQntuples (result) == 1 && strcmp (PQgetvalue (result, 0, 0), "f") == 0;
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    armms_db_set_error (error, result, pg, "looking at our role");
  else if (!fine)
    armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.role_too_strong", "the role %s is a superuser, passes row-level security or owns tables", PQuser (pg));
  PQclear (result);
  return fine;
}

static ArmmsConnection *
connect_to (ArmmsPool *pool, gboolean check, GError **error)
{
  ArmmsConnection *connection;
  PGconn *pg = open_connection (pool->db, pool->conninfo);

  if (PQstatus (pg) != CONNECTION_OK)
    {
      g_debug ("connecting to %s: %s", pool->label, PQerrorMessage (pg));
      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unavailable", "connecting to the database %s: it is not available", pool->label);
      PQfinish (pg);
      return NULL;
    }
  if (check && !check_server (pool->db, pg, error))
    {
      PQfinish (pg);
      return NULL;
    }
  connection = g_new0 (ArmmsConnection, 1);
  connection->pg = pg;
  connection->pool = pool;
  connection->prepared = g_hash_table_new (g_direct_hash, g_direct_equal);
  return connection;
}

/* A server that went away shows on the socket: look without waiting. */
static gboolean
is_alive (ArmmsConnection *connection)
{
  struct pollfd fd = { .fd = PQsocket (connection->pg), .events = POLLIN };

  if (PQstatus (connection->pg) != CONNECTION_OK)
    return FALSE;
  if (g_get_monotonic_time () - connection->idle_since < IDLE_CHECK_US)
    return TRUE;
  if (poll (&fd, 1, 0) <= 0)
    return TRUE;
  return PQconsumeInput (connection->pg) && PQstatus (connection->pg) == CONNECTION_OK && (fd.revents & (POLLHUP | POLLERR)) == 0;
}

static Database *
find_database (ArmmsDb *db, const char *name)
{
  for (guint i = 0; i < db->databases->len; i++)
    {
      Database *database = g_ptr_array_index (db->databases, i);

      if (g_str_equal (database->name, name))
        return database;
    }
  return NULL;
}

/* Opens a connection for a place already counted in pool->open; called without the lock. */
static ArmmsConnection *
open_for_pool (ArmmsPool *pool, gint64 deadline, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;
      ArmmsConnection *connection;
      gint64 wait;

      g_mutex_lock (&pool->lock);
      wait = pool->try_again - g_get_monotonic_time ();
      g_mutex_unlock (&pool->lock);
      if (wait > 0)
        {
          if (g_get_monotonic_time () + wait >= deadline)
            {
              armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unavailable", "the database %s is not available; try again", pool->label);
              return NULL;
            }
          g_usleep ((gulong) wait);
        }
      connection = connect_to (pool, !pool->checked, &local);
      g_mutex_lock (&pool->lock);
      if (connection != NULL)
        {
          pool->checked = TRUE;
          pool->reconnects += pool->failures > 0;
          pool->failures = 0;
          pool->try_again = 0;
          g_mutex_unlock (&pool->lock);
          return connection;
        }
      if (!g_error_matches (local, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE))
        {
          g_mutex_unlock (&pool->lock);
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      pool->failures = MIN (pool->failures + 1, 16);
      wait = MIN (BACKOFF_FIRST_MS << MIN (pool->failures, 6), BACKOFF_MOST_MS);
      pool->try_again = g_get_monotonic_time () + (wait / 2 + g_random_int_range (0, (gint32) wait / 2 + 1)) * 1000;
      g_mutex_unlock (&pool->lock);
    }
}

ArmmsConnection *
armms_db_acquire (ArmmsDb *db, const char *name, gboolean read_pool, GError **error)
{
  Database *database = find_database (db, name);
  ArmmsPool *pool;
  gint64 deadline = g_get_monotonic_time () + db->wait_us;
  ArmmsConnection *connection = NULL;

  g_assert (database != NULL);
  pool = read_pool && database->read != NULL ? database->read : database->write;
  g_mutex_lock (&pool->lock);
  for (;;)
    {
      while ((connection = g_queue_pop_head (&pool->idle)) != NULL)
        {
          if (is_alive (connection))
            {
              pool->acquired++;
              g_mutex_unlock (&pool->lock);
              return connection;
            }
          connection_free (connection);
          pool->open--;
          pool->reconnects++;
        }
      if (pool->open < pool->size)
        {
          pool->open++;
          g_mutex_unlock (&pool->lock);
          connection = open_for_pool (pool, deadline, error);
          g_mutex_lock (&pool->lock);
          if (connection == NULL)
            {
              pool->open--;
              g_cond_signal (&pool->freed);
            }
          else
            pool->acquired++;
          g_mutex_unlock (&pool->lock);
          return connection;
        }
      pool->waiting++;
      if (!g_cond_wait_until (&pool->freed, &pool->lock, deadline))
        {
          pool->waiting--;
          pool->timed_out++;
          g_mutex_unlock (&pool->lock);
          armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.busy", "every connection to the database %s is in use; try again", pool->label);
          return NULL;
        }
      pool->waiting--;
    }
}

void
armms_db_release (ArmmsConnection *connection, gboolean broken)
{
  ArmmsPool *pool = connection->pool;

  connection->idle_since = g_get_monotonic_time ();
  g_mutex_lock (&pool->lock);
  if (broken || PQstatus (connection->pg) != CONNECTION_OK || PQtransactionStatus (connection->pg) != PQTRANS_IDLE)
    {
      pool->open--;
      connection_free (connection);
    }
  else
    g_queue_push_head (&pool->idle, connection);
  g_cond_signal (&pool->freed);
  g_mutex_unlock (&pool->lock);
}

ArmmsDb *
armms_db_new (ArmmsConfig *config, gboolean as_owner, GError **error)
{
  g_autoptr (ArmmsDb) db = g_new0 (ArmmsDb, 1);
  static const char *const names[] = { "main", "payroll" };
  guint size = (guint) armms_config_integer (config, "database", "pool", 1, 200, 10);
  guint read_size = (guint) armms_config_integer (config, "database", "read-pool", 1, 200, size);
  const char *where;

  db->config = armms_config_ref (config);
  db->as_owner = as_owner;
  db->wait_us = armms_config_integer (config, "database", "wait-ms", 10, 600000, 5000) * 1000;
  db->databases = g_ptr_array_new_with_free_func (database_free);
  db->names = g_ptr_array_new ();
  db->schemas = g_hash_table_new (g_str_hash, g_str_equal);
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *conninfo = armms_config_text (config, "database", names[i], NULL);
      g_autofree char *read_key = g_strconcat (names[i], "-read", NULL);
      const char *read_conninfo = armms_config_text (config, "database", read_key, NULL);
      Database *database;

      if (conninfo == NULL)
        continue;
      database = g_new0 (Database, 1);
      database->name = g_strdup (names[i]);
      database->write = pool_new (db, names[i], conninfo, size);
      if (read_conninfo != NULL)
        database->read = pool_new (db, read_key, read_conninfo, read_size);
      g_ptr_array_add (db->databases, database);
      g_ptr_array_add (db->names, database->name);
    }
  g_ptr_array_add (db->names, NULL);
  if (find_database (db, "main") == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.database_missing", "[database] main says nothing: where is the database?");
      return NULL;
    }
  where = armms_config_text (config, "schemas", "payroll", "main");
  if (find_database (db, where) == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.database_missing", "[schemas] payroll=%s, but [database] %s is not configured", where, where);
      return NULL;
    }
  g_hash_table_insert (db->schemas, (gpointer) "payroll", find_database (db, where)->name);
  return g_steal_pointer (&db);
}

void
armms_db_free (ArmmsDb *db)
{
  if (db == NULL)
    return;
  g_clear_pointer (&db->databases, g_ptr_array_unref);
  g_clear_pointer (&db->names, g_ptr_array_unref);
  g_clear_pointer (&db->schemas, g_hash_table_unref);
  g_clear_pointer (&db->statements, g_hash_table_unref);
  g_clear_pointer (&db->config, armms_config_unref);
  g_free (db);
}

const char *
armms_db_name_of_schema (ArmmsDb *db, const char *schema)
{
  const char *name = g_hash_table_lookup (db->schemas, schema);

  return name != NULL ? name : "main";
}

const char *const *
armms_db_get_names (ArmmsDb *db)
{
  return (const char *const *) db->names->pdata;
}

PGconn *
armms_db_connect (ArmmsDb *db, const char *name, GError **error)
{
  Database *database = find_database (db, name);
  PGconn *pg;

  g_return_val_if_fail (database != NULL, NULL);
  pg = open_connection (db, database->write->conninfo);
  if (PQstatus (pg) != CONNECTION_OK)
    {
      /* Who asks for a connection of its own is a program: it may hear the whole of it. */
      g_autofree char *text = g_strchomp (g_strdup (PQerrorMessage (pg)));

      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unavailable", "connecting to the database %s: %s", name, text);
      PQfinish (pg);
      return NULL;
    }
  if (!check_server (db, pg, error))
    {
      PQfinish (pg);
      return NULL;
    }
  return pg;
}

void
armms_db_add_statements (ArmmsDb *db, const char *room, const char *schema, const ArmmsStatement *statements)
{
  for (; statements != NULL && statements->name != NULL; statements++)
    {
      ArmmsStatementEntry *entry = g_new0 (ArmmsStatementEntry, 1);

      entry->statement = statements;
      entry->name = g_strconcat (room, "/", statements->name, NULL);
      entry->schema = g_intern_string (schema);
      g_hash_table_replace (db->statements, entry->name, entry);
    }
}

const ArmmsStatementEntry *
armms_db_find_statement (ArmmsDb *db, const char *name)
{
  return g_hash_table_lookup (db->statements, name);
}

void
armms_db_get_figures (ArmmsDb *db, const char *name, gboolean read_pool, ArmmsPoolFigures *ret_figures)
{
  Database *database = find_database (db, name);
  ArmmsPool *pool;

  g_return_if_fail (database != NULL);
  pool = read_pool && database->read != NULL ? database->read : database->write;
  g_mutex_lock (&pool->lock);
  *ret_figures = (ArmmsPoolFigures) {
    .size = pool->size,
    .in_use = pool->open - g_queue_get_length (&pool->idle),
    .waiting = pool->waiting,
    .acquired = pool->acquired,
    .timed_out = pool->timed_out,
    .reconnects = pool->reconnects,
  };
  g_mutex_unlock (&pool->lock);
}
