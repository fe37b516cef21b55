#include "server/platform/work/work.h"

#include "server/platform/db/db-private.h"
#include "server/platform/db/params-private.h"
#include "server/platform/db/rows-private.h"

#include <string.h>

#define MOST_TRIES 5
#define BEGIN_TRIES 3

/* One transaction of one database. */
typedef struct
{
  ArmmsConnection *connection; /* owned until released */
  const char *database;        /* borrowed from ArmmsDb */
} Part;

struct _ArmmsWork
{
  ArmmsDb *db;             /* borrowed */
  ArmmsActor actor;        /* strings borrowed from the caller */
  ArmmsWorkMode mode;
  Part primary;
  GArray *sides;           /* Part: reading transactions of other databases; owned */
  ArmmsInstant now;
  char *reason;            /* owned, set by armms_work_set_reason() */
  guint savepoints;
  gboolean failed;         /* a statement failed outside of a savepoint: only rollback is left */
  gboolean finished;
};

static const char set_locals[] = "select set_config('app.tenant_id', $1, true), set_config('app.user_id', $2, true), set_config('app.request_id', $3, true),"
                                 "       set_config('app.reason', $4, true), set_config('app.detachments', $5, true), now()";

static const char *
begin_of (ArmmsWorkMode mode)
{
  /* A reading unit sees one instant throughout; a writing one relies on row versions and locks. */
  return mode == ARMMS_WORK_WRITE ? "begin isolation level read committed" : "begin isolation level repeatable read read only";
}

/* Number of @key on this connection; prepares it when it is new. 0: failed. */
static guint
prepare (ArmmsConnection *connection, gconstpointer key, const char *sql, guint n, const Oid *types, const char *what, GError **error)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (connection->prepared, key));
  char name[16];
  PGresult *result;

  if (number != 0)
    return number;
  number = ++connection->next_number;
  g_snprintf (name, sizeof name, "s%u", number);
  result = PQprepare (connection->pg, name, sql, (int) n, types);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    {
      armms_db_set_error (error, result, connection->pg, what);
      PQclear (result);
      return 0;
    }
  PQclear (result);
  g_hash_table_insert (connection->prepared, (gpointer) key, GUINT_TO_POINTER (number));
  return number;
}

static char *
detachments_text (const ArmmsActor *actor)
{
  GString *text = g_string_new (NULL);
  char id[ARMMS_ID_TEXT_SIZE];

  for (gsize i = 0; i < actor->n_detachments; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", armms_id_format (&actor->detachments[i], id));
  return g_string_free (text, FALSE);
}

/* Takes the answers of one pipeline of two: begin, set. TRUE when both are good; @ret_now is set. */
static gboolean
take_begin (PGconn *pg, ArmmsInstant *ret_now, PGresult **ret_bad)
{
  gboolean fine = TRUE;
  int answers = 0;

  for (;;)
    {
      PGresult *result = PQgetResult (pg);
      ExecStatusType status;

      if (result == NULL)
        {
          if (PQstatus (pg) == CONNECTION_BAD)
            return FALSE;
          continue; /* between two statements of a pipeline */
        }
      status = PQresultStatus (result);
      if (status == PGRES_PIPELINE_SYNC)
        {
          PQclear (result);
          return fine;
        }
      answers++;
      if (status == PGRES_TUPLES_OK)
        {
          ArmmsRows *rows = armms_rows_new (result);

          *ret_now = armms_rows_instant_at (rows, 0, 5);
          armms_rows_free (rows);
          continue;
        }
      if (status != PGRES_COMMAND_OK)
        {
          fine = FALSE;
          if (*ret_bad == NULL && status == PGRES_FATAL_ERROR)
            {
              *ret_bad = result;
              result = NULL;
            }
          else if (PQstatus (pg) == CONNECTION_BAD)
            {
              PQclear (result);
              return FALSE;
            }
        }
      PQclear (result);
      if (answers > 8)
        return FALSE;
    }
}

/* BEGIN and all the local settings in one round trip. */
static gboolean
begin_on (ArmmsWork *work, ArmmsConnection *connection, ArmmsWorkMode mode, GError **error)
{
  char tenant[ARMMS_ID_TEXT_SIZE] = "", user[ARMMS_ID_TEXT_SIZE] = "", name[16];
  g_autofree char *detachments = detachments_text (&work->actor);
  const char *reason = work->reason != NULL ? work->reason : work->actor.reason;
  const char *values[5];
  PGresult *bad = NULL;
  guint number;
  gboolean fine;

  number = prepare (connection, set_locals, set_locals, 0, NULL, "opening a unit of work", error);
  if (number == 0)
    return FALSE;
  g_snprintf (name, sizeof name, "s%u", number);
  if (!armms_id_is_nil (&work->actor.tenant_id))
    armms_id_format (&work->actor.tenant_id, tenant);
  if (!armms_id_is_nil (&work->actor.user_id))
    armms_id_format (&work->actor.user_id, user);
  values[0] = tenant;
  values[1] = user;
  values[2] = work->actor.request_id != NULL ? work->actor.request_id : "";
  values[3] = reason != NULL ? reason : "";
  values[4] = detachments;

  fine = PQenterPipelineMode (connection->pg) && PQsendQueryParams (connection->pg, begin_of (mode), 0, NULL, NULL, NULL, NULL, 1)
         && PQsendQueryPrepared (connection->pg, name, 5, values, NULL, NULL, 1) && PQpipelineSync (connection->pg)
         && take_begin (connection->pg, &work->now, &bad);
  if (fine)
    fine = PQexitPipelineMode (connection->pg);
  if (!fine)
    armms_db_set_error (error, bad, connection->pg, "opening a unit of work");
  PQclear (bad);
  return fine;
}

/* Beginning again on another connection is always safe: a lost one costs the caller nothing. */
static gboolean
open_part (ArmmsWork *work, const char *database, ArmmsWorkMode mode, Part *part, GError **error)
{
  for (int attempt = 1;; attempt++)
    {
      g_autoptr (GError) local = NULL;

      part->connection = armms_db_acquire (work->db, database, mode == ARMMS_WORK_READ, error);
      if (part->connection == NULL)
        return FALSE;
      part->database = database;
      if (begin_on (work, part->connection, mode, &local))
        return TRUE;
      armms_db_release (part->connection, TRUE);
      part->connection = NULL;
      if (attempt >= BEGIN_TRIES || !g_error_matches (local, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

ArmmsWork *
armms_work_begin (ArmmsDb *db, const char *schema, ArmmsWorkMode mode, const ArmmsActor *actor, GError **error)
{
  g_autoptr (ArmmsWork) work = g_new0 (ArmmsWork, 1);

  work->db = db;
  work->mode = mode;
  work->actor = *actor;
  work->now = ARMMS_INSTANT_NONE;
  work->sides = g_array_new (FALSE, TRUE, sizeof (Part));
  if (!open_part (work, armms_db_name_of_schema (db, schema), mode, &work->primary, error))
    return NULL;
  return g_steal_pointer (&work);
}

static gboolean
exec_plain (ArmmsConnection *connection, const char *sql)
{
  PGresult *result = PQexec (connection->pg, sql);
  gboolean fine = PQresultStatus (result) == PGRES_COMMAND_OK;

  PQclear (result);
  return fine;
}

static void
close_part (Part *part, gboolean rollback)
{
  gboolean broken = FALSE;

  if (part->connection == NULL)
    return;
  if (rollback && PQtransactionStatus (part->connection->pg) != PQTRANS_IDLE)
    broken = !exec_plain (part->connection, "rollback");
  armms_db_release (part->connection, broken);
  part->connection = NULL;
}

static void
finish (ArmmsWork *work, gboolean rollback)
{
  close_part (&work->primary, rollback);
  for (guint i = 0; i < work->sides->len; i++)
    close_part (&g_array_index (work->sides, Part, i), TRUE);
  g_array_set_size (work->sides, 0);
  work->finished = TRUE;
}

void
armms_work_free (ArmmsWork *work)
{
  if (work == NULL)
    return;
  if (!work->finished)
    finish (work, TRUE);
  g_array_unref (work->sides);
  g_free (work->reason);
  g_free (work);
}

gboolean
armms_work_commit (ArmmsWork *work, GError **error)
{
  PGresult *result;
  gboolean fine;

  g_return_val_if_fail (!work->finished, FALSE);
  if (work->failed)
    {
      finish (work, TRUE);
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "work.failed", "a unit of work that failed was to be committed");
      return FALSE;
    }
  result = PQexec (work->primary.connection->pg, "commit");
  /* COMMIT of a transaction that had failed answers "ROLLBACK". */
  fine = PQresultStatus (result) == PGRES_COMMAND_OK && strcmp (PQcmdStatus (result), "COMMIT") == 0;
  if (!fine)
    {
      const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);

      if (state == NULL || g_str_has_prefix (state, "08") || g_str_has_prefix (state, "57P"))
        armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.commit_unknown",
                         "the database was lost while committing: whether it is stored is not known; repeat it under the same key");
      else
        armms_db_set_error (error, result, work->primary.connection->pg, "committing");
    }
  PQclear (result);
  finish (work, !fine);
  return fine;
}

static void
back_off (int attempt)
{
  gint32 most = 4000 << MIN (attempt, 6);

  g_usleep ((gulong) g_random_int_range (most / 4, most));
}

gboolean
armms_work_run (ArmmsDb *db, const char *schema, ArmmsWorkMode mode, const ArmmsActor *actor, ArmmsWorkFunc func, gpointer user_data, GError **error)
{
  for (int attempt = 1;; attempt++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (ArmmsWork) work = armms_work_begin (db, schema, mode, actor, error);

      if (work == NULL)
        return FALSE;
      if (func (work, user_data, &local) && armms_work_commit (work, &local))
        return TRUE;
      if (local == NULL)
        local = armms_error_new (ARMMS_ERROR_INTERNAL, "work.silent", "a unit of work failed without saying why");
      if (attempt >= MOST_TRIES || !g_str_equal (armms_error_get_code (local), "db.serialization"))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_clear_pointer (&work, armms_work_free);
      back_off (attempt);
    }
}

static Part *
part_of (ArmmsWork *work, const ArmmsStatementEntry *entry, GError **error)
{
  const char *database = armms_db_name_of_schema (work->db, entry->schema);
  Part side = { 0 };

  /* Platform's own tables (outbox, cursors, keys) stand in every database. */
  if (database == work->primary.database || g_str_equal (entry->schema, "platform") || g_str_equal (entry->schema, "queue")
      || g_str_equal (entry->schema, "audit"))
    return &work->primary;
  for (guint i = 0; i < work->sides->len; i++)
    if (g_array_index (work->sides, Part, i).database == database)
      return &g_array_index (work->sides, Part, i);
  {
    ArmmsInstant now = work->now;
    gboolean fine = open_part (work, database, ARMMS_WORK_READ_FRESH, &side, error);

    work->now = now;
    if (!fine)
      return NULL;
  }
  g_array_append_val (work->sides, side);
  return &g_array_index (work->sides, Part, work->sides->len - 1);
}

/* Runs the statement; (transfer full) its good result. */
static PGresult *
run (ArmmsWork *work, const char *name, ArmmsParams *params, GError **error)
{
  const ArmmsStatementEntry *entry = armms_db_find_statement (work->db, name);
  const Oid *types = NULL;
  const char *const *values = NULL;
  const int *lengths = NULL, *formats = NULL;
  guint n = 0, number;
  char prepared[16];
  PGresult *result;
  Part *part;

  if (entry == NULL)
    g_error ("there is no statement %s", name);
  if (work->failed || work->finished)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "work.failed", "%s: the unit of work has failed before", name);
      return NULL;
    }
  part = part_of (work, entry, error);
  if (part == NULL)
    {
      work->failed = TRUE;
      return NULL;
    }
  if (params != NULL)
    n = armms_params_get (params, &types, &values, &lengths, &formats);
  number = prepare (part->connection, entry->statement, entry->statement->sql, n, types, name, error);
  if (number == 0)
    {
      work->failed = TRUE;
      return NULL;
    }
  g_snprintf (prepared, sizeof prepared, "s%u", number);
  result = PQexecPrepared (part->connection->pg, prepared, (int) n, values, lengths, formats, 1);
  if (PQresultStatus (result) != PGRES_TUPLES_OK && PQresultStatus (result) != PGRES_COMMAND_OK)
    {
      armms_db_set_error (error, result, part->connection->pg, name);
      work->failed = TRUE;
      PQclear (result);
      return NULL;
    }
  return result;
}

ArmmsRows *
armms_work_query (ArmmsWork *work, const char *statement, ArmmsParams *params, GError **error)
{
  g_autoptr (ArmmsParams) owned = params;
  PGresult *result = run (work, statement, owned, error);

  return result != NULL ? armms_rows_new (result) : NULL;
}

gboolean
armms_work_execute (ArmmsWork *work, const char *statement, ArmmsParams *params, gint64 *ret_count, GError **error)
{
  g_autoptr (ArmmsParams) owned = params;
  PGresult *result = run (work, statement, owned, error);

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
  g_autoptr (ArmmsRows) rows = armms_work_query (work, statement, params, error);

  if (rows == NULL)
    return NULL;
  if (armms_rows_count (rows) == 0)
    {
      g_autofree char *code = g_strconcat (what, ".unknown", NULL);

      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, code, "there is no such %s", what);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

gboolean
armms_work_try (ArmmsWork *work, ArmmsWorkFunc func, gpointer user_data, GError **error)
{
  guint depth = ++work->savepoints;
  char sql[64];
  gboolean fine = FALSE;

  if (work->failed || work->finished)
    {
      work->savepoints--;
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "work.failed", "the unit of work has failed before");
      return FALSE;
    }
  g_snprintf (sql, sizeof sql, "savepoint s%u", depth);
  if (!exec_plain (work->primary.connection, sql))
    {
      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unavailable", "setting a savepoint: the database is not available");
      work->failed = TRUE;
    }
  else
    {
      fine = func (work, user_data, error);
      g_snprintf (sql, sizeof sql, fine && !work->failed ? "release savepoint s%u" : "rollback to savepoint s%u", depth);
      fine = fine && !work->failed;
      /* What failed inside is undone here; only a lost connection ends the whole unit. */
      work->failed = !exec_plain (work->primary.connection, sql);
      if (work->failed && fine)
        {
          fine = FALSE;
          armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "db.unavailable", "leaving a savepoint: the database is not available");
        }
    }
  work->savepoints--;
  return fine;
}

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
  return work->now;
}

gboolean
armms_work_set_local (ArmmsWork *work, const char *name, const char *value, GError **error)
{
  static const char sql[] = "select set_config($1, $2, true)";
  const char *values[] = { name, value != NULL ? value : "" };
  char prepared[16];
  PGresult *result;
  guint number;
  gboolean fine;

  g_return_val_if_fail (g_str_has_prefix (name, "app."), FALSE);
  if (work->failed || work->finished)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "work.failed", "the unit of work has failed before");
      return FALSE;
    }
  number = prepare (work->primary.connection, sql, sql, 0, NULL, "setting a local", error);
  if (number == 0)
    {
      work->failed = TRUE;
      return FALSE;
    }
  g_snprintf (prepared, sizeof prepared, "s%u", number);
  result = PQexecPrepared (work->primary.connection->pg, prepared, 2, values, NULL, NULL, 0);
  fine = PQresultStatus (result) == PGRES_TUPLES_OK;
  if (!fine)
    {
      armms_db_set_error (error, result, work->primary.connection->pg, "setting a local");
      work->failed = TRUE;
    }
  PQclear (result);
  return fine;
}

gboolean
armms_work_set_reason (ArmmsWork *work, const char *reason, GError **error)
{
  g_free (work->reason);
  work->reason = g_strdup (reason);
  return armms_work_set_local (work, "app.reason", reason, error);
}

gboolean
armms_work_switch_tenant (ArmmsWork *work, const ArmmsId *tenant_id, GError **error)
{
  char text[ARMMS_ID_TEXT_SIZE];

  if (!armms_work_set_local (work, "app.tenant_id", armms_id_format (tenant_id, text), error))
    return FALSE;
  work->actor.tenant_id = *tenant_id;
  return TRUE;
}
