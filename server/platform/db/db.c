#include "server/platform/db/db-private.h"

#include "server/platform/db/schemas.h"

#include <stdlib.h>
#include <string.h>

#define OLDEST_SERVER 150014 /* planner statistics could be read across tenants before it */
#define FIRST_BACKOFF_MS 50
#define LONGEST_BACKOFF_MS 1000
#define PATIENCE_US 1500000 /* with a server that has not answered for a while */

typedef struct {
  int size, queue;
  gint64 wait_us;
  char *session_options; /* owned */
} Limits;

struct _ArmmsDbPool {
  ArmmsDb *db;           /* borrowed */
  const char *database;  /* interned */
  char *conninfo;        /* owned */
  GMutex mutex;
  GCond changed;
  GQueue idle;           /* ArmmsDbConnection, the last used first */
  int size, in_use, waiting;
  gboolean checked;      /* the server's version and our role were looked at */
  guint failures;        /* in a row */
  gint64 retry_at;       /* monotonic: no attempt before */
  guint64 acquired, timed_out, reconnects;
};

typedef struct {
  const char *name;      /* interned */
  ArmmsDbPool *writing;
  ArmmsDbPool *reading;  /* NULL: no replica */
} Database;

struct _ArmmsDb {
  ArmmsConfig *config;
  gboolean as_owner;
  const char *user;      /* interned; NULL: what the conninfo or the system says */
  char *password;        /* owned; nullable */
  Limits limits;
  GPtrArray *databases;  /* Database */
  const char **names;    /* owned array of interned names */
  GHashTable *schemas;   /* schema -> interned database name, where it is not "main" */
  GMutex mutex;
  GHashTable *statements;/* name -> ArmmsDbStatement, owned */
  GMutex attach_mutex;
  GHashTable *attached;  /* name -> Attached */
};

typedef struct {
  gpointer data;
  GDestroyNotify destroy;
} Attached;

/* Keys of [database] that are no names of databases. */
static const char *const settings[] = {
  "user", "owner", "pool", "read-pool", "queue", "wait-ms", "statement-timeout-ms", "lock-timeout-ms", "idle-timeout-ms", "connect-timeout",
};

gboolean
armms_db_schema_is_everywhere (const char *schema)
{
  return g_str_equal (schema, "platform") || g_str_equal (schema, "audit") || g_str_equal (schema, "queue");
}

static gboolean
is_setting (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i], key))
      return TRUE;
  return g_str_has_suffix (key, "-read") || g_str_has_suffix (key, "-file") || g_str_has_suffix (key, "password");
}

static ArmmsDbPool *
pool_new (ArmmsDb *db, const char *database, const char *conninfo)
{
  ArmmsDbPool *pool = g_new0 (ArmmsDbPool, 1);

  pool->db = db;
  pool->database = database;
  pool->conninfo = g_strdup (conninfo);
  g_mutex_init (&pool->mutex);
  g_cond_init (&pool->changed);
  g_queue_init (&pool->idle);
  return pool;
}

static void
connection_free (ArmmsDbConnection *connection)
{
  PQfinish (connection->pg);
  g_byte_array_unref (connection->prepared);
  g_free (connection);
}

static void
pool_free (ArmmsDbPool *pool)
{
  if (pool == NULL)
    return;
  g_assert (pool->in_use == 0);
  g_queue_clear_full (&pool->idle, (GDestroyNotify) connection_free);
  g_mutex_clear (&pool->mutex);
  g_cond_clear (&pool->changed);
  g_free (pool->conninfo);
  g_free (pool);
}

static void
database_free (gpointer data)
{
  Database *database = data;

  pool_free (database->writing);
  pool_free (database->reading);
  g_free (database);
}

static void
statement_free (gpointer data)
{
  ArmmsDbStatement *statement = data;

  g_free (statement->name);
  g_free (statement->server_name);
  g_free (statement->types);
  g_free (statement);
}

static void
attached_free (gpointer data)
{
  Attached *attached = data;

  if (attached->destroy != NULL)
    attached->destroy (attached->data);
  g_free (attached);
}

static void
read_limits (ArmmsDb *db)
{
  ArmmsConfig *config = db->config;

  db->limits.size = armms_config_integer (config, "database", "pool", 1, 500, 8);
  db->limits.queue = armms_config_integer (config, "database", "queue", 0, 100000, 1000);
  db->limits.wait_us = 1000 * armms_config_integer (config, "database", "wait-ms", 1, 600000, 5000);
  db->limits.session_options = g_strdup_printf (
    "-c statement_timeout=%" G_GINT64_FORMAT " -c lock_timeout=%" G_GINT64_FORMAT " -c idle_in_transaction_session_timeout=%" G_GINT64_FORMAT
    " -c timezone=UTC -c datestyle=ISO -c jit=off",
    db->as_owner ? 0 : armms_config_integer (config, "database", "statement-timeout-ms", 0, 3600000, 30000),
    armms_config_integer (config, "database", "lock-timeout-ms", 0, 3600000, db->as_owner ? 60000 : 5000),
    db->as_owner ? 0 : armms_config_integer (config, "database", "idle-timeout-ms", 0, 3600000, 15000));
}

ArmmsDb *
armms_db_new (ArmmsConfig *config, gboolean as_owner, GError **error)
{
  g_autoptr(ArmmsDb) db = g_new0 (ArmmsDb, 1);
  g_auto(GStrv) keys = armms_config_keys (config, "database");
  g_auto(GStrv) schemas = armms_config_keys (config, "schemas");
  const guint8 *password;
  gsize password_size;

  db->config = armms_config_ref (config);
  db->as_owner = as_owner;
  db->user = g_intern_string (armms_config_text (config, "database", as_owner ? "owner" : "user", NULL));
  db->databases = g_ptr_array_new_with_free_func (database_free);
  db->schemas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);
  db->attached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, attached_free);
  g_mutex_init (&db->mutex);
  g_mutex_init (&db->attach_mutex);
  read_limits (db);
  password = armms_config_secret (config, as_owner ? "owner-password" : "database-password", 1, &password_size, NULL);
  if (password != NULL)
    db->password = g_strndup ((const char *) password, password_size);

  db->names = g_new0 (const char *, g_strv_length (keys) + 1);
  for (gsize i = 0, n = 0; keys[i] != NULL; i++)
    if (!is_setting (keys[i]))
      {
        Database *database = g_new0 (Database, 1);
        g_autofree char *read_key = g_strconcat (keys[i], "-read", NULL);
        const char *read_conninfo = armms_config_text (config, "database", read_key, NULL);

        database->name = g_intern_string (keys[i]);
        database->writing = pool_new (db, database->name, armms_config_text (config, "database", keys[i], ""));
        if (read_conninfo != NULL && !as_owner)
          database->reading = pool_new (db, database->name, read_conninfo);
        g_ptr_array_add (db->databases, database);
        db->names[n++] = database->name;
      }
  if (!g_strv_contains ((const char *const *) db->names, "main"))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.database", "the configuration names no database: [database] main = ...");
      return NULL;
    }
  for (gsize i = 0; schemas[i] != NULL; i++)
    {
      const char *name = armms_config_text (config, "schemas", schemas[i], "main");
      /* Environment variables write a schema's underscore like a hyphen. */
      char *schema = g_strdelimit (g_strdup (schemas[i]), "-", '_');

      g_hash_table_insert (db->schemas, schema, (gpointer) g_intern_string (name));
      if (!g_strv_contains ((const char *const *) db->names, name))
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.database", "[schemas] %s names the database \"%s\", which [database] does not have", schema, name);
          return NULL;
        }
      if (armms_db_schema_is_everywhere (schema))
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.database", "[schemas] %s stands in every database and cannot be moved", schema);
          return NULL;
        }
    }
  return g_steal_pointer (&db);
}

void
armms_db_free (ArmmsDb *db)
{
  if (db == NULL)
    return;
  g_clear_pointer (&db->attached, g_hash_table_unref);
  g_clear_pointer (&db->databases, g_ptr_array_unref);
  g_clear_pointer (&db->schemas, g_hash_table_unref);
  g_clear_pointer (&db->statements, g_hash_table_unref);
  g_clear_pointer (&db->config, armms_config_unref);
  g_mutex_clear (&db->mutex);
  g_mutex_clear (&db->attach_mutex);
  g_free (db->limits.session_options);
  g_free (db->password);
  g_free (db->names);
  g_free (db);
}

ArmmsConfig *
armms_db_get_config (ArmmsDb *db)
{
  return db->config;
}

gpointer
armms_db_attach (ArmmsDb *db, const char *name, gpointer (*make) (ArmmsDb *db), GDestroyNotify destroy)
{
  Attached *attached;

  g_mutex_lock (&db->attach_mutex);
  attached = g_hash_table_lookup (db->attached, name);
  if (attached == NULL)
    {
      attached = g_new (Attached, 1);
      attached->data = make (db);
      attached->destroy = destroy;
      g_hash_table_insert (db->attached, g_strdup (name), attached);
    }
  g_mutex_unlock (&db->attach_mutex);
  return attached->data;
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
  return (const char *const *) db->names;
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

static void
on_notice_received_cb (void *data, const PGresult *result)
{
  const char *severity = PQresultErrorField (result, PG_DIAG_SEVERITY_NONLOCALIZED);

  if (severity != NULL && g_str_equal (severity, "WARNING"))
    g_info ("database: %s", PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
}

/* libpq tells a password that it was given in none of its messages. */
static PGconn *
connect_to (ArmmsDb *db, const char *conninfo, GError **error)
{
  /* A role that the conninfo names wins over ours by default, one that is configured over both. */
  const char *keywords[] = { "user", "dbname", "user", "password", "application_name", "client_encoding", "options", "connect_timeout",
                             "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", NULL };
  const char *values[] = { db->as_owner ? NULL : "armms_server", conninfo, db->user, db->password, g_get_prgname () != NULL ? g_get_prgname () : "armms", "UTF8",
                           db->limits.session_options, armms_config_text (db->config, "database", "connect-timeout", "3"),
                           "15", "5", "3", "10000", NULL };
  PGconn *pg = PQconnectdbParams (keywords, values, /* expand_dbname= */ 1);

  if (PQstatus (pg) != CONNECTION_OK)
    {
      g_autofree char *message = g_strchomp (g_strdup (PQerrorMessage (pg)));

      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unreachable", "the database cannot be reached: %s", message);
      PQfinish (pg);
      return NULL;
    }
  PQsetNoticeReceiver (pg, on_notice_received_cb, NULL);
  return pg;
}

PGconn *
armms_db_connect (ArmmsDb *db, const char *name, GError **error)
{
  Database *database = find_database (db, name);

  if (database == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.unknown", "there is no database \"%s\"", name);
      return NULL;
    }
  return connect_to (db, database->writing->conninfo, error);
}

/* Row-level security binds only who neither bypasses nor owns. */
static gboolean
check_role (ArmmsDb *db, PGconn *pg, GError **error)
{
  PGresult *result;
  gboolean fine;

  if (PQserverVersion (pg) < OLDEST_SERVER)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.too_old", "PostgreSQL %d.%d is too old: 15.14 or later is needed",
                       PQserverVersion (pg) / 10000, PQserverVersion (pg) % 10000);
      return FALSE;
    }
  if (db->as_owner)
    return TRUE;
  result = PQexec (pg, "select r.rolname, r.rolsuper or r.rolbypassrls or exists (select from pg_catalog.pg_class as c where c.relowner = r.oid)"
                       "  from pg_catalog.pg_roles as r where r.rolname = current_user");
  if (PQresultStatus (result) != PGRES_TUPLES_OK || PQntuples (result) != 1)
    {
      armms_db_set_error (error, result, pg, "check of the database role");
      PQclear (result);
      return FALSE;
    }
  fine = g_str_equal (PQgetvalue (result, 0, 1), "f");
  if (!fine)
    armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.role", "the role \"%s\" is a superuser, bypasses row-level security or owns tables: use a unit's own role",
                     PQgetvalue (result, 0, 0));
  PQclear (result);
  return fine;
}

/* What every connection has prepared before its first unit of work. */
static gboolean
prepare_ground (PGconn *pg, GError **error)
{
  static const struct { const char *name, *sql; } ground[] = {
    { ARMMS_DB_BEGIN_STATEMENT,
      "select set_config('app.tenant_id', $1, true), set_config('app.user_id', $2, true), set_config('app.request_id', $3, true),"
      " set_config('app.reason', $4, true), set_config('app.detachments', $5, true), now() as now" },
    { ARMMS_DB_SET_STATEMENT, "select set_config($1, $2, true)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ground); i++)
    {
      PGresult *result = PQprepare (pg, ground[i].name, ground[i].sql, 0, NULL);

      if (PQresultStatus (result) != PGRES_COMMAND_OK)
        {
          armms_db_set_error (error, result, pg, "preparing a connection");
          PQclear (result);
          return FALSE;
        }
      PQclear (result);
    }
  return TRUE;
}

static ArmmsDbConnection *
open_connection (ArmmsDbPool *pool, gboolean check, GError **error)
{
  ArmmsDbConnection *connection;
  PGconn *pg = connect_to (pool->db, pool->conninfo, error);

  if (pg == NULL)
    return NULL;
  if ((check && !check_role (pool->db, pg, error)) || !prepare_ground (pg, error))
    {
      PQfinish (pg);
      return NULL;
    }
  connection = g_new0 (ArmmsDbConnection, 1);
  connection->pg = pg;
  connection->pool = pool;
  connection->prepared = g_byte_array_new ();
  return connection;
}

void
armms_db_add_statements (ArmmsDb *db, const char *room, const char *schema, const ArmmsStatement *statements)
{
  g_mutex_lock (&db->mutex);
  for (; statements->name != NULL; statements++)
    {
      g_autofree char *name = g_strconcat (room, "/", statements->name, NULL);
      const ArmmsDbStatement *there = g_hash_table_lookup (db->statements, name);
      ArmmsDbStatement *statement;

      /* Two rooms may share a schema and its outbox. */
      if (there != NULL && g_str_equal (there->sql, statements->sql))
        continue;
      if (there != NULL)
        g_error ("the statement %s is registered twice, with different texts", name);
      statement = g_new0 (ArmmsDbStatement, 1);
      statement->name = g_steal_pointer (&name);
      statement->number = g_hash_table_size (db->statements);
      statement->server_name = g_strdup_printf ("s%u", statement->number);
      statement->schema = g_intern_string (schema);
      statement->sql = statements->sql;
      g_hash_table_insert (db->statements, statement->name, statement);
    }
  g_mutex_unlock (&db->mutex);
}

ArmmsDbStatement *
armms_db_find_statement (ArmmsDb *db, const char *name)
{
  ArmmsDbStatement *statement;

  g_mutex_lock (&db->mutex);
  statement = g_hash_table_lookup (db->statements, name);
  g_mutex_unlock (&db->mutex);
  return statement;
}

gboolean
armms_db_is_prepared (ArmmsDbConnection *connection, const ArmmsDbStatement *statement)
{
  guint byte = statement->number / 8;

  return byte < connection->prepared->len && (connection->prepared->data[byte] & (1 << statement->number % 8)) != 0;
}

void
armms_db_set_prepared (ArmmsDbConnection *connection, const ArmmsDbStatement *statement, gboolean prepared)
{
  guint byte = statement->number / 8;
  guint had = connection->prepared->len;

  if (byte >= had)
    {
      g_byte_array_set_size (connection->prepared, byte + 1);
      memset (connection->prepared->data + had, 0, byte + 1 - had);
    }
  if (prepared)
    connection->prepared->data[byte] |= 1 << statement->number % 8;
  else
    connection->prepared->data[byte] &= ~(1 << statement->number % 8);
}

ArmmsDbPool *
armms_db_pool (ArmmsDb *db, const char *name, gboolean reading)
{
  Database *database = find_database (db, name);

  if (database == NULL)
    return NULL;
  return reading && database->reading != NULL ? database->reading : database->writing;
}

/* After a failed attempt nobody tries before @retry_at, so that a returning server is not stormed. Locked. */
static void
back_off (ArmmsDbPool *pool)
{
  gint64 longest = MIN (LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS << MIN (pool->failures, 6));

  pool->failures++;
  pool->retry_at = g_get_monotonic_time () + 1000 * (longest / 2 + g_random_int_range (0, longest / 2 + 1));
}

/* A connection that was lost meanwhile shows at its first statement, and is replaced then. */
static void
drain (ArmmsDbConnection *connection)
{
  PGresult *result;

  while (connection->draining && (result = PQgetResult (connection->pg)) != NULL)
    PQclear (result);
  connection->draining = FALSE;
}

ArmmsDbConnection *
armms_db_pool_take (ArmmsDbPool *pool, GError **error)
{
  gint64 started = g_get_monotonic_time ();
  gint64 deadline = started + pool->db->limits.wait_us;
  g_autoptr(GError) last_failure = NULL;
  ArmmsDbConnection *connection = NULL;
  gboolean away;

  g_mutex_lock (&pool->mutex);
  if (pool->waiting > 0 && pool->waiting >= pool->db->limits.queue)
    {
      pool->timed_out++;
      g_mutex_unlock (&pool->mutex);
      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.busy", "too many wait for the database already");
      return NULL;
    }
  pool->waiting++;
  while (connection == NULL)
    {
      gint64 now = g_get_monotonic_time ();
      gint64 until;

      /* A short absence is waited out; who comes when it lasts is told soon. */
      if (pool->failures >= 3)
        deadline = MIN (deadline, started + PATIENCE_US);
      until = deadline;

      connection = g_queue_pop_head (&pool->idle);
      if (connection != NULL)
        break;
      if (pool->size < pool->db->limits.size && now >= pool->retry_at)
        {
          gboolean check = !pool->checked;

          pool->size++;
          g_mutex_unlock (&pool->mutex);
          g_clear_error (&last_failure);
          connection = open_connection (pool, check, &last_failure);
          g_mutex_lock (&pool->mutex);
          if (connection != NULL)
            {
              pool->checked = TRUE;
              if (pool->failures > 0)
                pool->reconnects++;
              pool->failures = 0;
              pool->retry_at = 0;
              g_cond_broadcast (&pool->changed);
              break;
            }
          pool->size--;
          back_off (pool);
          g_cond_broadcast (&pool->changed);
          if (g_error_matches (last_failure, ARMMS_ERROR, ARMMS_ERROR_INTERNAL))
            break; /* waiting does not make it better */
          continue;
        }
      if (now >= deadline)
        break;
      if (pool->size < pool->db->limits.size)
        until = MIN (deadline, pool->retry_at);
      g_cond_wait_until (&pool->changed, &pool->mutex, until);
    }
  pool->waiting--;
  if (connection != NULL)
    {
      pool->in_use++;
      pool->acquired++;
    }
  else
    {
      pool->timed_out++;
    }
  away = pool->failures > 0;
  g_mutex_unlock (&pool->mutex);

  if (connection != NULL)
    drain (connection);
  if (connection == NULL && last_failure != NULL)
    g_propagate_error (error, g_steal_pointer (&last_failure));
  else if (connection == NULL && away)
    armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unreachable", "the database cannot be reached");
  else if (connection == NULL)
    armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.busy", "the database had no free connection in time");
  return connection;
}

void
armms_db_pool_give (ArmmsDbConnection *connection)
{
  ArmmsDbPool *pool = connection->pool;
  gboolean healthy = PQstatus (connection->pg) == CONNECTION_OK
                     && (connection->draining || PQtransactionStatus (connection->pg) == PQTRANS_IDLE);

  g_mutex_lock (&pool->mutex);
  pool->in_use--;
  if (healthy)
    {
      g_queue_push_head (&pool->idle, connection);
    }
  else
    {
      pool->size--;
      pool->reconnects++;
    }
  g_cond_signal (&pool->changed);
  g_mutex_unlock (&pool->mutex);
  if (!healthy)
    connection_free (connection);
}

void
armms_db_get_figures (ArmmsDb *db, const char *name, gboolean read_pool, ArmmsPoolFigures *ret_figures)
{
  Database *database = find_database (db, name);
  ArmmsDbPool *pool = database == NULL ? NULL : read_pool ? database->reading : database->writing;

  *ret_figures = (ArmmsPoolFigures) { 0 };
  if (pool == NULL)
    return;
  g_mutex_lock (&pool->mutex);
  *ret_figures = (ArmmsPoolFigures) {
    .size = pool->size, .in_use = pool->in_use, .waiting = pool->waiting,
    .acquired = pool->acquired, .timed_out = pool->timed_out, .reconnects = pool->reconnects,
  };
  g_mutex_unlock (&pool->mutex);
}
