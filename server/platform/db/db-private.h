/* Connections as platform/work uses them. */
#pragma once

#include "server/platform/db/db.h"
#include "server/platform/db/statement.h"

G_BEGIN_DECLS

typedef struct _ArmmsPool ArmmsPool;

typedef struct
{
  PGconn *pg;           /* owned */
  ArmmsPool *pool;      /* borrowed */
  GHashTable *prepared; /* PreparedKey (the statement's row) -> its number; owned */
  guint next_number;
  gint64 idle_since;    /* monotonic */
} ArmmsConnection;

/* A statement that was registered: found by "room/name". */
typedef struct
{
  const ArmmsStatement *statement; /* borrowed */
  char *name;                      /* "room/name"; owned */
  const char *schema;              /* interned */
} ArmmsStatementEntry;

const ArmmsStatementEntry *armms_db_find_statement (ArmmsDb *db, const char *name);

/* Waits for a free connection of @database within the pool's wait limit; a live one, opened again when it was lost. */
ArmmsConnection *armms_db_acquire (ArmmsDb *db, const char *database, gboolean read_pool, GError **error);
/* @broken: close it. */
void armms_db_release (ArmmsConnection *connection, gboolean broken);

G_END_DECLS
