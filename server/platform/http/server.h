/* The HTTP server: the door, the dispatcher, and how a program puts them together.
 *
 * Shape  one thread owns every connection (libsoup behind a strict filter of our own that has read every byte first);
 *        handlers run on a bounded pool of worker threads, straight-line, one unit of work each. What is beyond a bound is
 *        answered 503 with Retry-After, never queued without end.
 * Config [server] listen, port, public, tls-certificate, tls-key, threads, queue, max-connections, max-connections-per-peer,
 *        header-seconds, body-seconds, idle-seconds, drain-seconds; [limits] default-per-second, sign-in-per-minute,
 *        ingest-per-second, report-per-minute. Secret cursor-key.
 */
#pragma once

#include "server/platform/config/config.h"
#include "server/platform/db/db.h"
#include "server/platform/http/caller.h"
#include "server/platform/http/route.h"

G_BEGIN_DECLS

typedef struct _ArmmsServer ArmmsServer;

/* @db: (nullable): without one only routes of ARMMS_ACCESS_NONE work. */
ArmmsServer *armms_server_new (ArmmsConfig *config, ArmmsDb *db, GError **error);
void armms_server_free (ArmmsServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsServer, armms_server_free)

/* Before start. @schema: whose unit of work the handlers of @routes get. */
void armms_server_add_routes (ArmmsServer *server, const char *room, const char *schema, const ArmmsRoute *routes);
void armms_server_set_authenticator (ArmmsServer *server, const ArmmsAuthenticator *authenticator);
/* What handlers find by armms_request_get_service(). @destroy: (nullable) */
void armms_server_add_service (ArmmsServer *server, const char *name, gpointer service, GDestroyNotify destroy);
/* GET /ready asks each, on a worker thread; an error's code is shown, or what @ret_detail says when all is well. */
typedef gboolean (*ArmmsReadyCheck) (gpointer data, char **ret_detail /* (transfer full) (nullable) */, GError **error);
void armms_server_add_ready_check (ArmmsServer *server, const char *name, ArmmsReadyCheck check, gpointer data);

/* Binds and listens; refuses an address that is not loopback unless public=true. */
gboolean armms_server_start (ArmmsServer *server, GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint armms_server_get_port (ArmmsServer *server);
/* Runs in the caller's thread-default main context until stopped, by armms_server_stop() or SIGTERM/SIGINT
 * (@signals): no new connections, what runs is finished (drain-seconds at most), then it returns. */
void armms_server_run (ArmmsServer *server, gboolean signals);
void armms_server_stop (ArmmsServer *server); /* from any thread */

/* The OpenAPI 3.1 document of all routes. (transfer full) */
char *armms_server_openapi (ArmmsServer *server);

/* For tests: every route, in order of room. */
typedef struct { const char *room, *schema; const ArmmsRoute *route; } ArmmsServerRoute;
const ArmmsServerRoute *armms_server_get_routes (ArmmsServer *server, gsize *ret_n);

G_END_DECLS
