#include "server/platform/work/work.h"

#include "server/platform/db/db-private.h"

#include <string.h>

#define MAX_PARAMS 64
#define MAX_TRIES 6 /* the first and five more */
#define FIRST_PAUSE_US 5000

typedef struct {
  char *name, *value;
} Setting;

/* The unit's transaction in one database. */
typedef struct {
  const char *database;          /* interned */
  gboolean reading;              /* read-only transaction */
  gboolean from_replica;
  ArmmsDbConnection *connection; /* NULL until the first statement */
  gboolean begun;
  GArray *pending;               /* Setting: travel with the next statement */
} Side;

struct _ArmmsWork {
  ArmmsDb *db;                   /* borrowed */
  const char *schema;            /* interned */
  ArmmsWorkMode mode;
  ArmmsActor actor;              /* texts borrowed from the caller, or kept below */
  GPtrArray *kept;               /* texts that the unit owns */
  Side primary;
  GPtrArray *others;             /* Side: read-only, made when first needed */
  GError *failed;                /* what ended the unit; NULL while it lives */
  gboolean ended;
  ArmmsInstant now;
  guint savepoints;
  GData *data;                   /* owned: armms_work_set_data() */
};

/* What a batch of messages asks of the server, in order. */
typedef enum { STEP_BEGIN, STEP_SETTINGS, STEP_SET, STEP_PREPARE, STEP_DESCRIBE, STEP_EXECUTE } Step;

typedef struct {
  Step steps[24];
  guint n;
} Batch;

static void
clear_setting (gpointer data)
{
  Setting *setting = data;

  g_free (setting->name);
  g_free (setting->value);
}

static void
init_side (Side *side, const char *database, gboolean reading, gboolean from_replica)
{
  *side = (Side) { .database = g_intern_string (database), .reading = reading, .from_replica = from_replica };
  side->pending = g_array_new (FALSE, FALSE, sizeof (Setting));
  g_array_set_clear_func (side->pending, clear_setting);
}

static void
release_connection (Side *side)
{
  if (side->connection != NULL)
    armms_db_pool_give (side->connection);
  side->connection = NULL;
  side->begun = FALSE;
}

static void
free_side (gpointer data)
{
  Side *side = data;

  g_array_unref (side->pending);
  g_free (side);
}

static gboolean
is_lost (const Side *side)
{
  return side->connection == NULL || PQstatus (side->connection->pg) == CONNECTION_BAD;
}

/* Ends the unit: what follows fails with the same error. */
static void
fail (ArmmsWork *work, const GError *error)
{
  if (work->failed == NULL)
    work->failed = g_error_copy (error);
}

static gboolean
refuse_failed (ArmmsWork *work, GError **error)
{
  if (work->ended)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "work.ended", "the unit of work has ended already");
      return TRUE;
    }
  if (work->failed == NULL)
    return FALSE;
  if (error != NULL)
    *error = g_error_copy (work->failed);
  return TRUE;
}

ArmmsWork *
armms_work_begin (ArmmsDb *db, const char *schema, ArmmsWorkMode mode, const ArmmsActor *actor, GError **error)
{
  const char *database = armms_db_name_of_schema (db, schema);
  ArmmsWork *work;

  if (armms_db_pool (db, database, FALSE) == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.unknown", "the schema %s stands in no database", schema);
      return NULL;
    }
  work = g_new0 (ArmmsWork, 1);
  work->db = db;
  work->schema = g_intern_string (schema);
  work->mode = mode;
  work->actor = *actor;
  work->now = ARMMS_INSTANT_NONE;
  work->kept = g_ptr_array_new_with_free_func (g_free);
  work->others = g_ptr_array_new_with_free_func (free_side);
  init_side (&work->primary, database, mode != ARMMS_WORK_WRITE, mode == ARMMS_WORK_READ);
  return work;
}

/* --- one batch of messages: send, then read what came of it --- */

static gboolean
send_begin (ArmmsWork *work, Side *side, Batch *batch)
{
  PGconn *pg = side->connection->pg;
  char tenant[ARMMS_ID_TEXT_SIZE] = "";
  char user[ARMMS_ID_TEXT_SIZE] = "";
  g_autoptr(GString) detachments = g_string_new (NULL);
  const char *values[5] = { tenant, user, work->actor.request_id, work->actor.reason, NULL };

  if (!armms_id_is_nil (&work->actor.tenant_id))
    armms_id_format (&work->actor.tenant_id, tenant);
  if (!armms_id_is_nil (&work->actor.user_id))
    armms_id_format (&work->actor.user_id, user);
  for (gsize i = 0; i < work->actor.n_detachments; i++)
    {
      char text[ARMMS_ID_TEXT_SIZE];

      g_string_append_printf (detachments, "%s%s", i > 0 ? "," : "", armms_id_format (&work->actor.detachments[i], text));
    }
  values[4] = detachments->str;
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] == NULL)
      values[i] = "";

  /* Readers see one moment in all their statements; they cannot fail to serialize. */
  if (!PQsendQueryParams (pg, side->reading ? "begin isolation level repeatable read read only" : "begin", 0, NULL, NULL, NULL, NULL, 0))
    return FALSE;
  batch->steps[batch->n++] = STEP_BEGIN;
  if (!PQsendQueryPrepared (pg, ARMMS_DB_BEGIN_STATEMENT, 5, values, NULL, NULL, 1))
    return FALSE;
  batch->steps[batch->n++] = STEP_SETTINGS;
  return TRUE;
}

static gboolean
send_settings (Side *side, Batch *batch)
{
  for (guint i = 0; i < side->pending->len && batch->n < G_N_ELEMENTS (batch->steps) - 4; i++)
    {
      const Setting *setting = &g_array_index (side->pending, Setting, i);
      const char *values[2] = { setting->name, setting->value };

      if (!PQsendQueryPrepared (side->connection->pg, ARMMS_DB_SET_STATEMENT, 2, values, NULL, NULL, 1))
        return FALSE;
      batch->steps[batch->n++] = STEP_SET;
    }
  return TRUE;
}

/* Reads all answers of @batch. The answer to EXECUTE or DESCRIBE leaves by @ret_result; the first failure by @ret_failed. */
static void
read_batch (ArmmsWork *work, Side *side, const Batch *batch, const ArmmsDbStatement *statement, PGresult **ret_result, PGresult **ret_failed)
{
  PGconn *pg = side->connection->pg;
  PGresult *result;

  for (guint i = 0; i < batch->n && PQstatus (pg) != CONNECTION_BAD; i++)
    while ((result = PQgetResult (pg)) != NULL)
      {
        ExecStatusType status = PQresultStatus (result);

        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
          {
            /* It stays prepared, whatever comes after it and however the transaction ends. */
            if (batch->steps[i] == STEP_PREPARE)
              armms_db_set_prepared (side->connection, statement, TRUE);
            if (batch->steps[i] == STEP_SETTINGS)
              {
                ArmmsRows *rows = armms_rows_new (result, "begin");

                if (side == &work->primary)
                  work->now = armms_rows_instant (rows, 0, "now");
                armms_rows_free (rows);
                continue;
              }
            if ((batch->steps[i] == STEP_EXECUTE || batch->steps[i] == STEP_DESCRIBE) && *ret_result == NULL)
              {
                *ret_result = result;
                continue;
              }
          }
        else if (status != PGRES_PIPELINE_ABORTED && *ret_failed == NULL)
          {
            *ret_failed = result;
            continue;
          }
        PQclear (result);
      }
  while (PQstatus (pg) != CONNECTION_BAD && (result = PQgetResult (pg)) != NULL)
    {
      ExecStatusType status = PQresultStatus (result);

      PQclear (result);
      if (status == PGRES_PIPELINE_SYNC)
        break;
    }
  if (PQstatus (pg) != CONNECTION_BAD)
    PQexitPipelineMode (pg);
}

/* begin, settings, and @statement when there is one: as few round trips as can be. @describe: only learn its types. */
static gboolean
exchange (ArmmsWork *work, Side *side, ArmmsDbStatement *statement, gboolean describe, ArmmsParams *params,
          PGresult **ret_result, GError **error)
{
  PGconn *pg = side->connection->pg;
  const char *what = statement != NULL ? statement->name : "begin";
  Batch batch = { .n = 0 };
  PGresult *failed = NULL;
  gboolean had_begun = side->begun;
  gboolean prepare = statement != NULL && !armms_db_is_prepared (side->connection, statement);
  gboolean sent = TRUE;
  const char *values[MAX_PARAMS];
  int lengths[MAX_PARAMS], formats[MAX_PARAMS];

  if (statement != NULL && !describe)
    {
      if (statement->n_types > MAX_PARAMS)
        {
          armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.parameters", "%s has more than %d parameters", what, MAX_PARAMS);
          return FALSE;
        }
      if (!armms_params_encode (params, statement->types, statement->n_types, what, values, lengths, formats, error))
        return FALSE;
    }
  *ret_result = NULL;
  if (!PQenterPipelineMode (pg))
    {
      armms_db_set_error (error, NULL, pg, what);
      return FALSE;
    }
  if (!had_begun)
    sent = send_begin (work, side, &batch);
  if (sent)
    sent = send_settings (side, &batch);
  if (sent && prepare)
    {
      sent = PQsendPrepare (pg, statement->server_name, statement->sql, 0, NULL);
      batch.steps[batch.n++] = STEP_PREPARE;
    }
  if (sent && describe)
    {
      sent = PQsendDescribePrepared (pg, statement->server_name);
      batch.steps[batch.n++] = STEP_DESCRIBE;
    }
  else if (sent && statement != NULL)
    {
      sent = PQsendQueryPrepared (pg, statement->server_name, statement->n_types, values, lengths, formats, /* binary= */ 1);
      batch.steps[batch.n++] = STEP_EXECUTE;
    }
  if (sent)
    sent = PQpipelineSync (pg);
  if (sent || PQstatus (pg) != CONNECTION_BAD)
    read_batch (work, side, &batch, statement, ret_result, &failed);
  side->begun = TRUE;

  if (failed != NULL || PQstatus (pg) == CONNECTION_BAD || (statement != NULL && *ret_result == NULL))
    {
      armms_db_set_error (error, failed, pg, what);
      g_clear_pointer (&failed, PQclear);
      g_clear_pointer (ret_result, PQclear);
      return FALSE;
    }
  g_array_set_size (side->pending, 0);
  return TRUE;
}

/* The types of the statement's parameters, asked of the server once for all connections. */
static gboolean
learn_types (ArmmsWork *work, Side *side, ArmmsDbStatement *statement, GError **error)
{
  static GMutex mutex;
  PGresult *result = NULL;

  if (!exchange (work, side, statement, TRUE, NULL, &result, error))
    return FALSE;
  g_mutex_lock (&mutex);
  if (!g_atomic_int_get (&statement->types_known))
    {
      statement->n_types = PQnparams (result);
      statement->types = g_new0 (Oid, statement->n_types + 1);
      for (int i = 0; i < statement->n_types; i++)
        statement->types[i] = PQparamtype (result, i);
      g_atomic_int_set (&statement->types_known, TRUE);
    }
  g_mutex_unlock (&mutex);
  PQclear (result);
  return TRUE;
}

/* Runs @statement, or only begins when it is NULL. A connection that turns out dead before anything of this transaction
 * was done is replaced: nothing can have been committed. */
static gboolean
run (ArmmsWork *work, Side *side, ArmmsDbStatement *statement, ArmmsParams *params, PGresult **ret_result, GError **error)
{
  for (guint attempt = 0;; attempt++)
    {
      gboolean fresh = !side->begun;
      g_autoptr(GError) cause = NULL;
      gboolean done;

      if (side->connection == NULL)
        {
          side->connection = armms_db_pool_take (armms_db_pool (work->db, side->database, side->from_replica), error);
          if (side->connection == NULL)
            return FALSE;
        }
      done = TRUE;
      if (statement != NULL && !g_atomic_int_get (&statement->types_known))
        done = learn_types (work, side, statement, &cause);
      if (done)
        done = exchange (work, side, statement, FALSE, params, ret_result, &cause);
      if (done)
        return TRUE;
      if (is_lost (side) && fresh && attempt < 100)
        {
          release_connection (side);
          continue;
        }
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
}

/* Where statements of @schema run: here, or in a read-only transaction of another database. */
static Side *
side_of_schema (ArmmsWork *work, const char *schema)
{
  const char *database;
  Side *side;

  if (armms_db_schema_is_everywhere (schema))
    return &work->primary;
  database = armms_db_name_of_schema (work->db, schema);
  if (g_str_equal (database, work->primary.database))
    return &work->primary;
  for (guint i = 0; i < work->others->len; i++)
    {
      side = g_ptr_array_index (work->others, i);
      if (g_str_equal (database, side->database))
        return side;
    }
  side = g_new (Side, 1);
  init_side (side, database, TRUE, work->mode == ARMMS_WORK_READ);
  g_ptr_array_add (work->others, side);
  return side;
}

static PGresult *
run_named (ArmmsWork *work, const char *name, ArmmsParams *params, GError **error)
{
  ArmmsDbStatement *statement;
  PGresult *result = NULL;
  g_autoptr(GError) cause = NULL;

  if (refuse_failed (work, error))
    return NULL;
  statement = armms_db_find_statement (work->db, name);
  if (statement == NULL)
    {
      armms_error_set (&cause, ARMMS_ERROR_INTERNAL, "db.statement", "there is no statement %s", name);
    }
  else
    {
      Side *side = side_of_schema (work, statement->schema);

      if (run (work, side, statement, params, &result, &cause))
        return result;
    }
  fail (work, cause);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

ArmmsRows *
armms_work_query (ArmmsWork *work, const char *statement, ArmmsParams *params, GError **error)
{
  PGresult *result = run_named (work, statement, params, error);

  armms_params_free (params);
  return result != NULL ? armms_rows_new (result, statement) : NULL;
}

gboolean
armms_work_execute (ArmmsWork *work, const char *statement, ArmmsParams *params, gint64 *ret_count, GError **error)
{
  PGresult *result = run_named (work, statement, params, error);

  armms_params_free (params);
  if (result == NULL)
    return FALSE;
  if (ret_count != NULL)
    *ret_count = g_ascii_strtoll (PQcmdTuples (result), NULL, 10);
  PQclear (result);
  return TRUE;
}

ArmmsRows *
armms_work_query_one (ArmmsWork *work, const char *statement, ArmmsParams *params, const char *what, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, statement, params, error);
  g_autofree char *code = NULL;

  if (rows == NULL)
    return NULL;
  if (armms_rows_count (rows) > 0)
    return g_steal_pointer (&rows);
  code = g_strconcat (what, ".unknown", NULL);
  armms_error_set (error, ARMMS_ERROR_NOT_FOUND, code, "there is no such %s", what);
  return NULL;
}

/* Plain words to the server, no answer wanted. */
static gboolean
run_command (ArmmsWork *work, Side *side, const char *command, GError **error)
{
  PGresult *result = PQexec (side->connection->pg, command);
  gboolean done = PQresultStatus (result) == PGRES_COMMAND_OK;

  if (!done)
    {
      g_autoptr(GError) cause = NULL;

      armms_db_set_error (&cause, result, side->connection->pg, command);
      fail (work, cause);
      g_propagate_error (error, g_steal_pointer (&cause));
    }
  PQclear (result);
  return done;
}

/* Failures that only the whole unit can be repeated for. */
static gboolean
is_fatal (const GError *error)
{
  return g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE) || g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_CANCELLED)
         || g_strcmp0 (armms_error_get_code (error), "db.serialization") == 0;
}

gboolean
armms_work_try (ArmmsWork *work, ArmmsWorkFunc func, gpointer user_data, GError **error)
{
  Side *side = &work->primary;
  ArmmsActor actor_before = work->actor;
  g_autofree char *savepoint = NULL;
  g_autofree char *undo = NULL;
  g_autoptr(GError) cause = NULL;
  PGresult *none = NULL;

  if (refuse_failed (work, error))
    return FALSE;
  if ((!side->begun || side->pending->len > 0) && !run (work, side, NULL, NULL, &none, &cause))
    {
      fail (work, cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  savepoint = g_strdup_printf ("savepoint armms_%u", ++work->savepoints);
  if (!run_command (work, side, savepoint, error))
    return FALSE;
  if (func (work, user_data, &cause) && work->failed == NULL)
    {
      g_autofree char *release = g_strconcat ("release ", savepoint, NULL);

      work->savepoints--;
      return run_command (work, side, release, error);
    }
  work->savepoints--;
  if (cause == NULL && work->failed != NULL)
    cause = g_error_copy (work->failed);
  if (cause == NULL)
    cause = armms_error_new (ARMMS_ERROR_INTERNAL, "work.failed", "a part of the unit failed without saying why");
  if ((work->failed != NULL && is_fatal (work->failed)) || is_lost (side))
    {
      fail (work, cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_clear_error (&work->failed);
  work->actor = actor_before;
  g_array_set_size (side->pending, 0);
  undo = g_strdup_printf ("rollback to %s; release %s", savepoint, savepoint);
  if (!run_command (work, side, undo, NULL))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* --- the end --- */

/* What was read was read: nobody waits for the answer to this commit. */
static void
end_reading (Side *side)
{
  if (side->begun && !is_lost (side))
    side->connection->draining = PQsendQuery (side->connection->pg, "commit");
  release_connection (side);
}

static void
end_others (ArmmsWork *work)
{
  for (guint i = 0; i < work->others->len; i++)
    {
      Side *side = g_ptr_array_index (work->others, i);

      end_reading (side);
    }
}

static void
roll_back (ArmmsWork *work)
{
  Side *side = &work->primary;

  if (side->begun && !is_lost (side))
    PQclear (PQexec (side->connection->pg, "rollback"));
  release_connection (side);
  end_others (work);
  work->ended = TRUE;
}

gboolean
armms_work_commit (ArmmsWork *work, GError **error)
{
  Side *side = &work->primary;
  PGresult *result;
  gboolean done;

  if (work->ended || work->failed != NULL)
    {
      refuse_failed (work, error);
      if (!work->ended)
        roll_back (work);
      return FALSE;
    }
  if (!side->begun)
    {
      roll_back (work); /* nothing was asked of the database */
      return TRUE;
    }
  if (side->reading)
    {
      end_reading (side);
      end_others (work);
      work->ended = TRUE;
      return TRUE;
    }
  /* A time-out while the commit waits for a standby would leave a row that is seen but not replicated. */
  result = PQexec (side->connection->pg, "set local statement_timeout = 0; commit");
  done = PQresultStatus (result) == PGRES_COMMAND_OK && g_str_equal (PQcmdStatus (result), "COMMIT");
  if (!done)
    {
      const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);

      if (sqlstate == NULL || g_str_has_prefix (sqlstate, "57P") || g_str_has_prefix (sqlstate, "08"))
        armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.commit_unknown",
                         "the database went away during the commit: repeat under the same key to learn what came of it");
      else
        armms_db_set_error (error, result, side->connection->pg, "commit");
    }
  PQclear (result);
  release_connection (side);
  end_others (work);
  work->ended = TRUE;
  return done;
}

void
armms_work_free (ArmmsWork *work)
{
  if (work == NULL)
    return;
  if (!work->ended)
    roll_back (work);
  g_array_unref (work->primary.pending);
  g_ptr_array_unref (work->others);
  g_ptr_array_unref (work->kept);
  g_clear_error (&work->failed);
  g_datalist_clear (&work->data);
  g_free (work);
}

gboolean
armms_work_run (ArmmsDb *db, const char *schema, ArmmsWorkMode mode, const ArmmsActor *actor,
                ArmmsWorkFunc func, gpointer user_data, GError **error)
{
  for (guint try = 1;; try++)
    {
      g_autoptr(ArmmsWork) work = armms_work_begin (db, schema, mode, actor, error);
      g_autoptr(GError) cause = NULL;
      gint64 longest;

      if (work == NULL)
        return FALSE;
      if (func (work, user_data, &cause) && armms_work_commit (work, &cause))
        return TRUE;
      if (cause == NULL)
        cause = armms_error_new (ARMMS_ERROR_INTERNAL, "work.failed", "a unit of work failed without saying why");
      if (try == MAX_TRIES || (g_strcmp0 (armms_error_get_code (cause), "db.serialization") != 0
                               && g_strcmp0 (armms_error_get_code (cause), "db.away") != 0))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      /* Free the connection before the pause. */
      if (!work->ended)
        roll_back (work);
      longest = FIRST_PAUSE_US << try;
      g_usleep (longest / 2 + g_random_int_range (0, longest / 2));
    }
}

/* --- what it knows --- */

const ArmmsActor *
armms_work_get_actor (ArmmsWork *work)
{
  return &work->actor;
}

ArmmsDb *
armms_work_get_db (ArmmsWork *work)
{
  return work->db;
}

const char *
armms_work_get_schema (ArmmsWork *work)
{
  return work->schema;
}

const char *
armms_work_get_database (ArmmsWork *work)
{
  return work->primary.database;
}

gboolean
armms_work_is_writing (ArmmsWork *work)
{
  return work->mode == ARMMS_WORK_WRITE;
}

ArmmsInstant
armms_work_get_now (ArmmsWork *work)
{
  PGresult *none = NULL;
  g_autoptr(GError) cause = NULL;

  if (armms_instant_is_none (work->now) && work->failed == NULL && !work->ended
      && !run (work, &work->primary, NULL, NULL, &none, &cause))
    fail (work, cause); /* the next statement tells */
  return armms_instant_is_none (work->now) ? armms_instant_now () : work->now;
}

gboolean
armms_work_set_local (ArmmsWork *work, const char *name, const char *value, GError **error)
{
  Setting setting;
  PGresult *none = NULL;
  g_autoptr(GError) cause = NULL;

  if (refuse_failed (work, error))
    return FALSE;
  if (work->primary.pending->len >= 12 && !run (work, &work->primary, NULL, NULL, &none, &cause))
    {
      fail (work, cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  setting = (Setting) { g_strdup (name), g_strdup (value != NULL ? value : "") };
  g_array_append_val (work->primary.pending, setting);
  return TRUE;
}

gboolean
armms_work_set_reason (ArmmsWork *work, const char *reason, GError **error)
{
  char *kept = g_strdup (reason);

  g_ptr_array_add (work->kept, kept);
  work->actor.reason = kept;
  if (!work->primary.begun)
    return !refuse_failed (work, error);
  return armms_work_set_local (work, "app.reason", reason, error);
}

void
armms_work_set_data (ArmmsWork *work, const char *key, gpointer data, GDestroyNotify destroy)
{
  g_datalist_set_data_full (&work->data, key, data, destroy);
}

gpointer
armms_work_get_data (ArmmsWork *work, const char *key)
{
  return g_datalist_get_data (&work->data, key);
}

gboolean
armms_work_switch_tenant (ArmmsWork *work, const ArmmsId *tenant_id, GError **error)
{
  char text[ARMMS_ID_TEXT_SIZE] = "";

  if (!armms_id_is_nil (tenant_id))
    armms_id_format (tenant_id, text);
  work->actor.tenant_id = *tenant_id;
  g_datalist_clear (&work->data);
  for (guint i = 0; i < work->others->len; i++)
    {
      Side *side = g_ptr_array_index (work->others, i);
      Setting setting = { g_strdup ("app.tenant_id"), g_strdup (text) };

      if (side->begun)
        g_array_append_val (side->pending, setting);
      else
        clear_setting (&setting);
    }
  if (!work->primary.begun)
    return !refuse_failed (work, error);
  return armms_work_set_local (work, "app.tenant_id", text, error);
}
