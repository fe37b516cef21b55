/* The unit of work: one transaction, in one tenant, by one actor.
 *
 * Shape  every statement of the house runs inside one. It opens the transaction of the database that holds the
 *        schema asked for and sets app.tenant_id, app.user_id, app.request_id, app.reason and app.detachments
 *        locally, before anything else. Statements of a schema that stands in another database run in a read-only
 *        side transaction of that database, opened when first needed: at most one database is written per unit.
 * Errors a statement that fails ends the unit: what follows fails at once and commit rolls back.
 *        armms_work_run() repeats the whole function on serialization failure or deadlock (5 times, jittered).
 */
#pragma once

#include "server/platform/db/db.h"
#include "server/platform/db/params.h"
#include "server/platform/db/rows.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_WORK_WRITE,
  ARMMS_WORK_READ,       /* read only; goes to the replica pool where there is one */
  ARMMS_WORK_READ_FRESH, /* read only on the primary: for decisions */
} ArmmsWorkMode;

/* Who acts, and why. Plain value; strings borrowed for the life of the unit. */
typedef struct {
  ArmmsId tenant_id;        /* nil only for the few doors that say so (sign-in, scheduler) */
  ArmmsId user_id;          /* nil: the system; app.user_id is then not set */
  const char *request_id;   /* or job id: in every log line and audit row */
  const char *reason;       /* nullable: why, for the audit */
  const char *const *scopes;/* nullable: all (system) */
  const ArmmsId *detachments; gsize n_detachments; /* limited to these when n > 0 */
} ArmmsActor;

typedef struct _ArmmsWork ArmmsWork;

ArmmsWork *armms_work_begin (ArmmsDb *db, const char *schema, ArmmsWorkMode mode, const ArmmsActor *actor, GError **error);
gboolean armms_work_commit (ArmmsWork *work, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_work_free (ArmmsWork *work); /* rolls back what was not committed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsWork, armms_work_free)

typedef gboolean (*ArmmsWorkFunc) (ArmmsWork *work, gpointer user_data, GError **error);
/* begin, @func, commit; all of it again after a serialization failure: @func must not keep state of its own. */
gboolean armms_work_run (ArmmsDb *db, const char *schema, ArmmsWorkMode mode, const ArmmsActor *actor,
                         ArmmsWorkFunc func, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @statement: "timekeeping/timesheet-page". @params: (transfer full) (nullable).
 * Returns: (transfer full) (nullable): NULL with an error. */
ArmmsRows *armms_work_query (ArmmsWork *work, const char *statement, ArmmsParams *params, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As above when no rows are wanted; @ret_count: rows touched. */
gboolean armms_work_execute (ArmmsWork *work, const char *statement, ArmmsParams *params, gint64 *ret_count, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One row wanted: NOT_FOUND "<what>.unknown" when there is none. */
ArmmsRows *armms_work_query_one (ArmmsWork *work, const char *statement, ArmmsParams *params, const char *what, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A savepoint around @func: its failure is undone and reported, the unit goes on (bulk work: one bad row does not stop the rest). */
gboolean armms_work_try (ArmmsWork *work, ArmmsWorkFunc func, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const ArmmsActor *armms_work_get_actor (ArmmsWork *work);
ArmmsDb *armms_work_get_db (ArmmsWork *work);
/* The database that the unit's transaction is in: "main", or another of the configuration. (transfer none)
 * Schemas platform, queue and audit stand in every database: their statements run in this one. */
const char *armms_work_get_database (ArmmsWork *work);
/* The schema that it was begun for. (transfer none) */
const char *armms_work_get_schema (ArmmsWork *work);
gboolean armms_work_is_writing (ArmmsWork *work);
/* The transaction's one instant (database clock); use it, not armms_instant_now(), for what is stored. */
ArmmsInstant armms_work_get_now (ArmmsWork *work);
/* Sets why, for the audit, from here on. */
gboolean armms_work_set_reason (ArmmsWork *work, const char *reason, GError **error);
/* Narrow capability settings of sign-in (app.sign_in_login, app.token_hash, app.device_key): see iam README. */
gboolean armms_work_set_local (ArmmsWork *work, const char *name, const char *value, GError **error);
/* What lives as long as the unit (settings read once): @key a literal; @destroy nullable. */
void armms_work_set_data (ArmmsWork *work, const char *key, gpointer data, GDestroyNotify destroy);
gpointer armms_work_get_data (ArmmsWork *work, const char *key);
/* Change the tenant inside one transaction (ingest batches of several tenants only). */
gboolean armms_work_switch_tenant (ArmmsWork *work, const ArmmsId *tenant_id, GError **error);

G_END_DECLS
