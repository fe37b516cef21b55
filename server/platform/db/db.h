/* Connections: bounded pools of libpq connections to one or more databases.
 *
 * Shape  the configuration names databases ("main", and "payroll" when it lives apart) and says which schema
 *        stands in which. Each has a read-write pool and, where a replica is configured, a read pool.
 *        Nobody but platform/work, the streams, the migrations and the doorbell takes a connection from here.
 * Bounds every pool has a size, a queue limit and a wait limit; beyond them ARMMS_ERROR_UNAVAILABLE
 *        "db.busy". Statements have statement_timeout, lock_timeout and idle_in_transaction_session_timeout.
 *        A lost connection is opened again with jittered backoff; a commit whose answer was lost is
 *        ARMMS_ERROR_UNAVAILABLE "db.commit_unknown": the caller repeats under the same key.
 */
#pragma once

#include "common/base/error.h"
#include "server/platform/config/config.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

typedef struct _ArmmsDb ArmmsDb;

/* (transfer full) (nullable). Connects lazily; refuses PostgreSQL < 15.14, a role that is superuser, owns tables or
 * has BYPASSRLS, unless @as_owner (migrations only). */
ArmmsDb *armms_db_new (ArmmsConfig *config, gboolean as_owner, GError **error);
void armms_db_free (ArmmsDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsDb, armms_db_free)

/* The database that holds @schema ("main" unless configured otherwise). (transfer none) */
const char *armms_db_name_of_schema (ArmmsDb *db, const char *schema);
/* All configured database names. (transfer none) */
const char *const *armms_db_get_names (ArmmsDb *db);

/* A connection of its own, outside of the pools (LISTEN, migrations). (transfer full): PQfinish() it. */
PGconn *armms_db_connect (ArmmsDb *db, const char *database, GError **error);

/* Registers a statement table (see statement.h) before first use. */
struct _ArmmsStatement;
void armms_db_add_statements (ArmmsDb *db, const char *room, const char *schema, const struct _ArmmsStatement *statements);

/* SQLSTATE to error: 40001/40P01 -> CONFLICT "db.serialization" (the unit of work retries), 23505 -> CONFLICT
 * "already_exists", 23P01 -> CONFLICT "overlaps", 23503 -> INVALID_INPUT "unknown_reference", 23514/23502 ->
 * INVALID_INPUT, 42501 -> FORBIDDEN, 57014 -> TIMED_OUT, 53xxx/57P0x/08xxx -> UNAVAILABLE; messages name the
 * constraint through @describe only, never SQL text or hidden values. */
void armms_db_set_error (GError **error, const PGresult *result, PGconn *connection, const char *what);

/* For /metrics and /ready. */
typedef struct { guint size, in_use, waiting; guint64 acquired, timed_out, reconnects; } ArmmsPoolFigures;
void armms_db_get_figures (ArmmsDb *db, const char *database, gboolean read_pool, ArmmsPoolFigures *ret_figures);

G_END_DECLS
