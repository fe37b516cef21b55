/* What the files of platform/http share; nobody else includes it. */
#pragma once

#include "server/platform/http/door.h"
#include "server/platform/http/server.h"
#include "server/platform/metrics/metrics.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct {
  const ArmmsRoute *route;
  const char *room, *schema;
  GStrv parts;               /* owned: the template, split at '/' */
  ArmmsMetric *duration;     /* borrowed */
  ArmmsMetric *answers[6];   /* borrowed: by hundreds of the status */
} ArmmsRouteEntry;

struct _ArmmsReply {
  guint status;
  char *content_type;        /* owned, nullable */
  GBytes *body;              /* owned, nullable */
  gint64 version;            /* 0: no ETag */
  GPtrArray *headers;        /* owned, nullable: name, value, name, value */
  gboolean problem;          /* made from an error */
};

struct _ArmmsRequest {
  ArmmsServer *server;
  SoupServerMessage *message; /* owned; only the server's thread changes it */
  gboolean gone;              /* the connection ended; server's thread only */
  const ArmmsRouteEntry *entry;
  char *path;                 /* owned, still escaped */
  char *query;                /* owned, nullable, still escaped */
  GPtrArray *path_values;     /* owned: decoded, in the order of the template's holes */
  char *request_id;           /* owned */
  char *trace;                /* owned, nullable: traceparent to answer with */
  char *peer;                 /* owned */
  GBytes *bytes;              /* owned */
  ArmmsCaller *caller;        /* owned, nullable */
  ArmmsActor actor;
  char *reason;               /* owned, nullable */
  JsonParser *parser;         /* owned, nullable */
  gpointer body;              /* owned: a record, or a GPtrArray with MANY */
  GHashTable *parameters;     /* owned: name -> text */
  ArmmsPage page;
  char *cursor;               /* owned: what the page's strings point into */
  gint64 version;             /* of If-Match; 0: none */
  char *key;                  /* owned, nullable: Idempotency-Key */
  gboolean replayed;
  ArmmsWork *work;            /* borrowed, while the handler runs */
  ArmmsReply *reply;          /* owned: the answer */
  gint64 started_us;
  gboolean authenticated;     /* an async route came back from a worker */
  guint limit, remaining, reset; /* RateLimit-*; limit 0: not counted */
};

/* The request whose handler runs on this thread: replies encode by its scopes. */
ArmmsRequest *armms_request_current (void);
void armms_request_set_current (ArmmsRequest *request);
void armms_request_free (ArmmsRequest *request);

/* request.c: each FALSE with an error */
gboolean armms_request_read_parameters (ArmmsRequest *request, GError **error);
gboolean armms_request_read_body (ArmmsRequest *request, GError **error);
gboolean armms_request_read_conditions (ArmmsRequest *request, GError **error);

/* reply.c */
ArmmsReply *armms_reply_new_problem (const GError *error, const char *request_id);
ArmmsReply *armms_reply_new_problem_of (guint status, const char *code, const char *detail, const char *request_id);
const char *armms_status_title (guint status);

/* cursor: signed over route, order and tenant */
char *armms_cursor_sign (ArmmsRequest *request, const char *sort, gboolean descending, const char *key, const ArmmsId *id);
gboolean armms_cursor_read (ArmmsRequest *request, const char *cursor, GError **error); /* fills page and cursor */

/* dispatch.c */
void armms_dispatch_message (ArmmsServer *server, SoupServerMessage *message, const char *path);
void armms_dispatch_run (ArmmsRequest *request);   /* on a worker thread */
void armms_dispatch_deliver (ArmmsRequest *request);/* in the server's thread: writes the answer */
void armms_dispatch_resume (ArmmsRequest *request); /* in the server's thread: what a worker has done with it */

/* limits.c */
typedef struct _ArmmsLimits ArmmsLimits;
ArmmsLimits *armms_limits_new (ArmmsConfig *config);
void armms_limits_free (ArmmsLimits *limits);
/* FALSE with RATE_LIMITED; the three figures are set either way. */
gboolean armms_limits_take (ArmmsLimits *limits, const ArmmsId *principal, ArmmsRateClass rate_class, guint *ret_limit,
                            guint *ret_remaining, guint *ret_reset, GError **error);

/* server.c */
struct _ArmmsServer {
  ArmmsConfig *config;       /* counted */
  ArmmsDb *db;               /* borrowed, nullable */
  ArmmsDoor *door;           /* owned, from start on */
  SoupServer *soup;          /* owned */
  int silent_end;            /* owned: see pretend_to_listen() */
  GMainContext *context;     /* owned, from start on */
  GMainLoop *loop;           /* owned, while it runs */
  GThreadPool *pool;         /* owned */
  guint max_queue;
  GPtrArray *entries;        /* owned: ArmmsRouteEntry */
  GHashTable *literal;       /* owned: "METHOD path" -> ArmmsRouteEntry of a path without holes */
  GArray *public_routes;     /* ArmmsServerRoute */
  GHashTable *services;      /* owned: name -> Service */
  GPtrArray *checks;         /* owned: ReadyCheck */
  ArmmsAuthenticator authenticator;
  ArmmsLimits *limits;       /* owned */
  guint8 cursor_key[32];
  guint8 fingerprint_key[32];
  guint port;
  int in_flight;             /* server's thread only */
  gboolean stopping;
  gint64 drain_until_us;
  GMutex lock;
  GQueue completed;          /* under the lock */
  gboolean completion_scheduled;
};
ArmmsRouteEntry *armms_server_find_route (ArmmsServer *server, const char *method, const char *path, GPtrArray *values,
                                          GString *allowed);
void armms_server_completed (ArmmsServer *server, ArmmsRequest *request); /* any thread */
extern const ArmmsRoute armms_server_routes[];

G_END_DECLS
