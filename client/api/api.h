/* The server's calls, as the screens speak them: records in, records out.
 *
 * Shape  every call is an async/finish pair with a GCancellable. The answer's JSON becomes records by the field table
 *        of its type; nobody reads JSON by hand.
 * Again  a call that may pass (no connection, 429, 502-504) is sent again up to three times, waiting longer each time
 *        or as long as the server asks; a write keeps its Idempotency-Key over all of them, so it counts once.
 *        401: the access token is refreshed once, for all calls together, and the call sent again.
 */
#pragma once

#include "client/api/query.h"
#include "client/session/session.h"
#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_TYPE_API (armms_api_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsApi, armms_api, ARMMS, API, GObject)

ArmmsApi *armms_api_new (ArmmsSession *session);
ArmmsSession *armms_api_get_session (ArmmsApi *self);
/* First wait before a call is sent again; tests shorten it (400 ms by default). */
void armms_api_set_retry_wait (ArmmsApi *self, guint milliseconds);

/* What came back of one record or of a write. */
typedef struct {
  gpointer record;      /* owned, nullable: the answer has none, or a job was started */
  const ArmmsRecordType *type;
  char *etag;           /* owned, nullable: for the next If-Match */
  char *job;            /* owned, nullable: "/v1/jobs/{id}" of a 202 */
  gboolean replayed;
} ArmmsApiResult;

void armms_api_result_free (ArmmsApiResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsApiResult, armms_api_result_free)

/* One page of a list. */
typedef struct {
  GPtrArray *records;   /* owned, frees its records */
  char *next_cursor;    /* owned, nullable: NULL on the last page */
} ArmmsApiPage;

void armms_api_page_free (ArmmsApiPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsApiPage, armms_api_page_free)

void armms_api_get_async (ArmmsApi *self, const ArmmsQuery *query, const ArmmsRecordType *type,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ArmmsApiResult *armms_api_get_finish (ArmmsApi *self, GAsyncResult *result, GError **error); /* (transfer full) */

void armms_api_list_async (ArmmsApi *self, const ArmmsQuery *query, const ArmmsRecordType *type, guint limit, const char *cursor,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ArmmsApiPage *armms_api_list_finish (ArmmsApi *self, GAsyncResult *result, GError **error); /* (transfer full) */

/**
 * armms_api_send_async:
 * @method: "POST", "PUT", "PATCH", "DELETE"
 * @body: (nullable): JSON text
 * @if_match: (nullable): the ETag of the version that the person has seen
 * @key: (nullable): the Idempotency-Key; %NULL makes one. Whoever lets a person press "again" keeps it himself.
 * @type: (nullable): of the answer
 */
void armms_api_send_async (ArmmsApi *self, const char *method, const ArmmsQuery *query, const char *body, const char *if_match,
                           const char *key, const ArmmsRecordType *type,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ArmmsApiResult *armms_api_send_finish (ArmmsApi *self, GAsyncResult *result, GError **error); /* (transfer full) */

/* A file as it is: a payslip, a register. @accept: "application/pdf" */
void armms_api_download_async (ArmmsApi *self, const ArmmsQuery *query, const char *accept,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *armms_api_download_finish (ArmmsApi *self, GAsyncResult *result, GError **error); /* (transfer full) */

/* TRUE when a call failed only because its caller went away: nothing to show. */
gboolean armms_api_is_cancelled (const GError *error);

G_END_DECLS
