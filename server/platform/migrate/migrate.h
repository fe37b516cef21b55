/* Migrations: the database's shape, brought forward in order.
 *
 * Shape  files NNNN-<room>-<what>.sql, compiled in and also readable from a folder. cluster.sql first, then as armms_owner
 *        each file that platform.migrations does not have, in one transaction with its row. Rooms platform, audit,
 *        approvals and queue go to every configured database, another room only to the one that holds its schema.
 * Safe   an advisory lock lets one run at a time, the other waits and finds nothing left to do. A file that reads otherwise
 *        than it was applied, one that has gone, or one that would slip in before an applied one of its room is
 *        ARMMS_ERROR_CONFLICT "migrate.changed_past", "migrate.missing", "migrate.gap": nothing is done then.
 */
#pragma once

#include "server/platform/db/db.h"

G_BEGIN_DECLS

/* Owned texts. */
typedef struct {
  char *database;
  char *file;       /* "0005-audit-log" */
  char *room;
  const char *state; /* "applied", "pending", "changed", "missing", "gap"; static */
  char *applied_at; /* nullable */
} ArmmsMigration;

/* Before each file that is applied. */
typedef void (*ArmmsMigrateProgress) (const char *database, const char *file, gpointer data);

/**
 * armms_migrate_run:
 * @db: opened as owner
 * @folder: (nullable): read the files there instead of the ones compiled in
 * @progress: (nullable)
 * @ret_applied: (out) (optional): how many files were applied, in all databases together
 */
gboolean armms_migrate_run (ArmmsDb *db, const char *folder, ArmmsMigrateProgress progress, gpointer data,
                            guint *ret_applied, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Every file of every database, in order; nothing is changed. (element-type ArmmsMigration) (transfer full) */
GPtrArray *armms_migrate_status (ArmmsDb *db, const char *folder, GError **error);

/* Before serving: every database has what this program needs, and row-level security stands on every guarded table. Asked of the
 * databases until it is so, then remembered. UNAVAILABLE "db.not_migrated", "db.unguarded"; newer files than ours are fine. */
gboolean armms_migrate_check (ArmmsDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* SHA-256 over all files: tells whether two programs carry the same. (transfer full) */
char *armms_migrate_fingerprint (const char *folder, GError **error);

G_END_DECLS
