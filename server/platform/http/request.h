/* What a handler is given. Everything is (transfer none) and lives as long as the request. */
#pragma once

#include "server/platform/work/work.h"

G_BEGIN_DECLS

typedef struct _ArmmsRequest ArmmsRequest;

ArmmsWork *armms_request_get_work (ArmmsRequest *request);  /* NULL with ACCESS_NONE */
ArmmsDb *armms_request_get_db (ArmmsRequest *request);
const ArmmsActor *armms_request_get_actor (ArmmsRequest *request);
gpointer armms_request_get_service (ArmmsRequest *request, const char *name); /* what the program registered: "auth", "batcher" */
/* The decoded body, of the route's @request type; NULL without a body. */
gpointer armms_request_get_body (ArmmsRequest *request);
JsonNode *armms_request_get_json (ArmmsRequest *request);   /* the body before decoding */
GBytes *armms_request_get_bytes (ArmmsRequest *request);    /* the body as it came; never NULL, may be empty */
const struct _ArmmsCaller *armms_request_get_caller (ArmmsRequest *request); /* NULL on OPEN routes */
/* Where the call comes from: the peer, or what the proxy on this machine says. For the log and the lock-out, never for rights. */
const char *armms_request_get_source (ArmmsRequest *request);
const char *armms_request_get_request_id (ArmmsRequest *request);

/* Answers a request of an async route, from any thread, once: exactly one of @reply and @error, both (transfer full).
 * The request is gone afterwards. */
void armms_request_complete (ArmmsRequest *request, struct _ArmmsReply *reply, GError *error);
/* "{timesheet}" of the path; FALSE with NOT_FOUND when it is no id. */
gboolean armms_request_get_id (ArmmsRequest *request, const char *name, ArmmsId *ret_id, GError **error);
const char *armms_request_get_path_text (ArmmsRequest *request, const char *name);
/* The version of If-Match; the dispatcher answered 428 when it is missing on a VERSIONED change. */
gint64 armms_request_get_version (ArmmsRequest *request);
gboolean armms_request_has_scope (ArmmsRequest *request, const char *scope);
const char *armms_request_get_header (ArmmsRequest *request, const char *name);

/* Query parameters, typed and checked by the route's table; absent: nil, NULL, NONE, @fallback. */
const char *armms_request_get_text (ArmmsRequest *request, const char *name);
ArmmsId armms_request_get_id_parameter (ArmmsRequest *request, const char *name);
ArmmsDate armms_request_get_date (ArmmsRequest *request, const char *name);
gint64 armms_request_get_integer (ArmmsRequest *request, const char *name, gint64 fallback);
gboolean armms_request_get_boolean (ArmmsRequest *request, const char *name, gboolean fallback);

/* One page of a list. The statement of a LIST route ends its parameters with, in this order:
 *   text[] filter names, text[] filter values are NOT used: filters are given one by one by the handler;
 *   (sort_key text, after_id uuid, limit bigint) come from armms_page_append_params(). */
typedef struct {
  guint limit;            /* 1..500, 50 by default */
  const char *sort;       /* field name, checked; NULL: the route's default (first SORT field) */
  gboolean descending;    /* sort=-name */
  const char *q;          /* free text or NULL */
  const char *after_key;  /* NULL on the first page: the sort key of the last row, as text */
  ArmmsId after_id;       /* nil on the first page */
} ArmmsPage;
const ArmmsPage *armms_request_get_page (ArmmsRequest *request);
/* Appends (sort_key text, after_id uuid, limit + 1 bigint): ask for one row more than shown. Returns @params. */
ArmmsParams *armms_page_append_params (const ArmmsPage *page, ArmmsParams *params);

G_END_DECLS
