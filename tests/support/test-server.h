/* A real server on a free port, against a database of the test, and calls to it.
 *
 * Shape  all rooms of rooms.c, in a thread of its own; two tenants can be made with the usual roles and a user of each role
 *        (login "<role>@<code>", one password for all). An answer is kept until the next call.
 */
#pragma once

#include "common/wire/tenant/tenant.h"
#include "server/platform/http/server.h"
#include "tests/support/test-database.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define ARMMS_TEST_PASSWORD "correct horse battery"

typedef struct _ArmmsTestServer ArmmsTestServer;

ArmmsTestServer *armms_test_server_new (ArmmsTestDatabase *database); /* (transfer full) never NULL */
void armms_test_server_free (ArmmsTestServer *server);                /* drains and ends it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsTestServer, armms_test_server_free)

guint armms_test_server_get_port (ArmmsTestServer *server);
ArmmsServer *armms_test_server_get_server (ArmmsTestServer *server); /* for its routes */
ArmmsDb *armms_test_server_get_db (ArmmsTestServer *server);

/* A tenant with the usual roles and a user of each. */
ArmmsId armms_test_server_add_tenant (ArmmsTestServer *server, const char *code);
/* A user with these roles (closed by NULL) in a tenant. */
void armms_test_server_add_user (ArmmsTestServer *server, const ArmmsId *tenant_id, const char *login, const char *role);
/* A device key: "<key id>:<secret>". (transfer full) */
char *armms_test_server_add_device (ArmmsTestServer *server, const ArmmsId *tenant_id);

/* Signs in, gives the access token. (transfer full) @tenant: code, nullable */
char *armms_test_server_sign_in (ArmmsTestServer *server, const char *login, const char *tenant);

/* One call. @token: (nullable) a bearer token, or "Device ...". @body: (nullable) JSON text. @headers: (nullable)
 * "Name: value" lines. A write gets a fresh Idempotency-Key unless one is named. Returns the status. */
guint armms_test_server_call (ArmmsTestServer *server, const char *method, const char *path, const char *token,
                              const char *body, const char *headers);
/* Of the last answer: (transfer none) */
JsonObject *armms_test_server_object (ArmmsTestServer *server); /* an empty one when it was none */
const char *armms_test_server_text (ArmmsTestServer *server, const char *member); /* "" when there is none */
const char *armms_test_server_body (ArmmsTestServer *server);
const char *armms_test_server_header (ArmmsTestServer *server, const char *name);

G_END_DECLS
