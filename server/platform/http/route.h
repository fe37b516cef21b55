/* The route table: a row says everything about a call; the dispatcher does the rest.
 *
 * Shape  authenticate -> rate limit -> scope -> decode the body by its field table -> open the unit of work -> handler
 *        on a worker thread, straight-line -> commit, or roll back when it failed -> encode -> answer. A write with an
 *        Idempotency-Key is stored with its answer in the same transaction and replayed as it was.
 */
#pragma once

#include "common/wire/record.h"
#include "server/platform/http/reply.h"
#include "server/platform/http/request.h"

G_BEGIN_DECLS

typedef ArmmsReply *(*ArmmsHandler) (ArmmsRequest *request, GError **error);

/* The fast door (clock events): runs in the server's own thread once caller, rate and scope are checked, and must not
 * block, query or parse at length. It may keep @request, gives the work to somebody else and returns; later, from any
 * thread, exactly one armms_request_complete() answers. The body is the raw bytes, armms_request_get_bytes(); no unit of
 * work is open and no JSON was read. Only with ARMMS_ACCESS_NONE. */
typedef void (*ArmmsAsyncHandler) (ArmmsRequest *request);

typedef enum {
  ARMMS_ACCESS_READ,    /* unit of work: read only, replica allowed */
  ARMMS_ACCESS_WRITE,   /* read-write; Idempotency-Key required unless NO_KEY */
  ARMMS_ACCESS_NONE,    /* the handler opens its own units (sign-in, long uploads) */
} ArmmsAccess;

typedef enum {
  ARMMS_ROUTE_LIST = 1 << 0,      /* limit, cursor, sort, q and the FILTER fields of @response are its parameters */
  ARMMS_ROUTE_VERSIONED = 1 << 1, /* answer carries an ETag; a change needs If-Match */
  ARMMS_ROUTE_NO_KEY = 1 << 2,    /* a write without Idempotency-Key (sign-in; clock events carry their own) */
  ARMMS_ROUTE_OPEN = 1 << 3,      /* no caller needed (sign-in, health) */
  ARMMS_ROUTE_FRESH = 1 << 4,     /* a read that must see the primary */
  ARMMS_ROUTE_DEVICE = 1 << 5,    /* device keys may call it (a user with the scope may as well) */
  ARMMS_ROUTE_RAW = 1 << 6,       /* the body is not JSON (a logo): armms_request_get_bytes() */
  ARMMS_ROUTE_MANY = 1 << 7,      /* the body is an array of @request records: a GPtrArray */
  ARMMS_ROUTE_NO_TENANT = 1 << 8, /* a user who has not chosen a tenant may call it */
} ArmmsRouteFlags;

typedef enum { ARMMS_RATE_DEFAULT, ARMMS_RATE_SIGN_IN, ARMMS_RATE_INGEST, ARMMS_RATE_REPORT, ARMMS_RATE_LEAVE } ArmmsRateClass;

/* A list's parameter that is no field of the answer. */
typedef struct { const char *name; ArmmsFieldKind kind; const char *format; gboolean required; const char *about; } ArmmsParameter;

typedef struct {
  const char *method;               /* "GET" */
  const char *path;                 /* "/v1/timesheets/{timesheet}/finalize" */
  const char *scope;                /* "timekeeping:finalize"; NULL only with OPEN, or for what any signed-in user may do */
  ArmmsAccess access;
  ArmmsRouteFlags flags;
  const ArmmsRecordType *request;   /* nullable */
  const ArmmsRecordType *response;  /* nullable; of one item for a list */
  ArmmsHandler handler;
  const char *summary;              /* one line: OpenAPI, --help */
  ArmmsRateClass rate_class;
  gsize max_body;                   /* bytes; 0: 256 KiB */
  const ArmmsParameter *parameters; /* nullable; closed by a NULL name: more query parameters, typed */
  ArmmsDecodeMode decode;           /* CREATE by default; CHANGE for PATCH */
  ArmmsAsyncHandler async_handler;  /* instead of @handler */
  guint max_tokens;                 /* of the JSON body; 0: 10,000 */
  const char *(*schema_of) (ArmmsRequest *request); /* nullable: whose database the unit is opened in, when it hangs on the path */
} ArmmsRoute;

G_END_DECLS
