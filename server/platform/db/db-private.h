/* Connections as platform/work sees them. Nobody else includes this. */
#pragma once

#include "server/platform/db/db.h"
#include "server/platform/db/params.h"
#include "server/platform/db/rows.h"
#include "server/platform/db/statement.h"

G_BEGIN_DECLS

/* A registered statement. The types of its parameters are learnt from the server once and serve all connections. */
typedef struct {
  char *name;           /* "timekeeping/timesheet-page"; owned */
  char *server_name;    /* "s17": short, because it travels with every call; owned */
  const char *schema;   /* interned */
  const char *sql;      /* borrowed from the statement table */
  guint number;         /* counted from 0: index into a connection's bits */
  gint types_known;     /* atomic */
  int n_types;
  Oid *types;           /* owned; fixed once known */
} ArmmsDbStatement;

typedef struct _ArmmsDbPool ArmmsDbPool;

typedef struct {
  PGconn *pg;
  ArmmsDbPool *pool;    /* borrowed */
  GByteArray *prepared; /* a bit per statement number */
  gboolean draining;    /* the commit of a reading unit is under way: its answer is read when the connection is taken again */
} ArmmsDbConnection;

/* Schemas that stand in every database: their statements run where the unit of work is. */
gboolean armms_db_schema_is_everywhere (const char *schema);

ArmmsConfig *armms_db_get_config (ArmmsDb *db); /* (transfer none) */
/* Something of the platform's that lives as long as @db: made by @make at the first call with @name. Thread-safe. (transfer none) */
gpointer armms_db_attach (ArmmsDb *db, const char *name, gpointer (*make) (ArmmsDb *db), GDestroyNotify destroy);

ArmmsDbStatement *armms_db_find_statement (ArmmsDb *db, const char *name);

/* The pool of @database for reading (the replica's, or else the primary's) or writing. (transfer none) */
ArmmsDbPool *armms_db_pool (ArmmsDb *db, const char *database, gboolean reading);
/* Waits within the pool's bounds. UNAVAILABLE "db.busy" or "db.away". */
ArmmsDbConnection *armms_db_pool_take (ArmmsDbPool *pool, GError **error);
/* A connection that is broken or not idle is closed. */
void armms_db_pool_give (ArmmsDbConnection *connection);

/* Sends Parse when this connection has not seen the statement, after learning its parameter types when nobody has. Only in
 * pipeline mode; *@ret_results is raised by the results to expect. */
gboolean armms_db_is_prepared (ArmmsDbConnection *connection, const ArmmsDbStatement *statement);
void armms_db_set_prepared (ArmmsDbConnection *connection, const ArmmsDbStatement *statement, gboolean prepared);

/* The texts that the prepared begin of each connection goes by. */
#define ARMMS_DB_BEGIN_STATEMENT "armms_begin"
#define ARMMS_DB_SET_STATEMENT "armms_set"

/* params.c */
guint armms_params_count (const ArmmsParams *params);
/* Fills the arrays for @types (what the server wants); FALSE with INTERNAL when one does not fit. Values are borrowed. */
gboolean armms_params_encode (ArmmsParams *params, const Oid *types, int n_types, const char *statement,
                              const char **values, int *lengths, int *formats, GError **error);

/* rows.c: (transfer full) @result */
ArmmsRows *armms_rows_new (PGresult *result, const char *statement);

G_END_DECLS
