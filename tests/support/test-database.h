/* A database of its own for a test: migrated, empty, dropped at the end.
 *
 * Shape  on the thrown-away cluster of tests/run.sh ($ARMMS_TEST_SOCKET, $ARMMS_TEST_PORT). The first test of a cluster migrates a
 *        template, the others copy it. Without a cluster the program says SKIP and ends.
 */
#pragma once

#include "server/platform/config/config.h"
#include "server/platform/db/db.h"

G_BEGIN_DECLS

typedef struct _ArmmsTestDatabase ArmmsTestDatabase;

ArmmsTestDatabase *armms_test_database_new (void); /* (transfer full) never NULL */
/* As above, with the payroll schema in a database of its own. */
ArmmsTestDatabase *armms_test_database_new_payroll_apart (void);
/* An empty one, not migrated. */
ArmmsTestDatabase *armms_test_database_new_bare (void);
void armms_test_database_free (ArmmsTestDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsTestDatabase, armms_test_database_free)

/* The configuration of one unit: "armms_server", "armms_ingest", "armms_worker", "armms_notify"; NULL: the migrating superuser. Its secrets
 * (jwt-key, master-key, cursor-key) are the same for all units of this database. (transfer full) */
ArmmsConfig *armms_test_database_config (ArmmsTestDatabase *database, const char *role);
/* Written to a file, for programs that are started: mode 0600, removed at the end; secrets by environment. (transfer none) */
const char *armms_test_database_config_file (ArmmsTestDatabase *database, const char *role);

const char *armms_test_database_name (ArmmsTestDatabase *database);
/* A connection as superuser, to look behind row-level security. (transfer none) @name: "main" or "payroll" */
PGconn *armms_test_database_owner (ArmmsTestDatabase *database, const char *name);
/* A new connection as any role. (transfer full): PQfinish() it. */
PGconn *armms_test_database_connect (ArmmsTestDatabase *database, const char *name, const char *role);

/* As superuser in "main": must succeed. */
void armms_test_database_exec (ArmmsTestDatabase *database, const char *sql);
/* The first value of the first row as text; "" for null or none. (transfer full) */
char *armms_test_database_value (ArmmsTestDatabase *database, const char *sql);
gint64 armms_test_database_integer (ArmmsTestDatabase *database, const char *sql);

G_END_DECLS
