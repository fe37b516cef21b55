/* One exchange with the server: bytes out, bytes in, and every failure as an ARMMS_ERROR that says what to do.
 *
 * Shape  knows the server's address and whom to trust; knows nothing of tokens, JSON records or screens.
 * TLS    the system's authorities by default. A CA file adds a house of one's own: its certificates are trusted as
 *        authorities, and a server that presents exactly a certificate of that file is trusted as it is (pinned).
 * Codes  "client.unreachable" (no connection), "client.certificate" (TLS), "client.timeout", "client.bad-answer".
 */
#pragma once

#include "common/base/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_TRANSPORT (armms_transport_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsTransport, armms_transport, ARMMS, TRANSPORT, GObject)

/* What is asked. Every pointer is borrowed while armms_transport_send_async() runs its first step only. */
typedef struct {
  const char *method;          /* "GET" */
  const char *path;            /* "/v1/payruns?limit=50": from the root of the server, already escaped */
  GBytes *body;                /* nullable: JSON */
  const char *bearer;          /* nullable: access token */
  const char *idempotency_key; /* nullable */
  const char *if_match;        /* nullable: an ETag as it came */
  const char *accept;          /* nullable: "application/json" */
} ArmmsExchange;

/* What was answered (2xx only; the rest is an error). */
typedef struct {
  guint status;
  GBytes *body;        /* owned, never NULL */
  char *content_type;  /* owned, nullable */
  char *etag;          /* owned, nullable */
  char *location;      /* owned, nullable */
  char *request_id;    /* owned, nullable */
  gboolean replayed;   /* the server had done it already, under the same key */
} ArmmsAnswer;

void armms_answer_free (ArmmsAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsAnswer, armms_answer_free)

ArmmsTransport *armms_transport_new (void);

/* "https://host:port"; a path prefix is kept. http:// is taken for loopback addresses only.
 * Returns: FALSE with "client.bad-address" when it is no address */
gboolean armms_transport_set_server (ArmmsTransport *self, const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *armms_transport_get_server (ArmmsTransport *self); /* (nullable) */

/* @path: PEM; NULL: the system's authorities only */
gboolean armms_transport_set_ca_file (ArmmsTransport *self, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Seconds without a byte before an exchange is given up (30 by default). */
void armms_transport_set_time_limit (ArmmsTransport *self, guint seconds);

void armms_transport_send_async (ArmmsTransport *self, const ArmmsExchange *exchange, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full): the answer, or NULL: ARMMS_ERROR, or G_IO_ERROR_CANCELLED */
ArmmsAnswer *armms_transport_send_finish (ArmmsTransport *self, GAsyncResult *result, GError **error);

G_END_DECLS
