/* The shape of HTTP/1.1 messages on a connection, checked byte by byte before libsoup sees any.
 *
 * Law    RFC 9110, RFC 9112, read strictly: what two readers could understand in two ways is refused. Lines end in CR LF;
 *        Host once; Content-Length once, digits only; Transfer-Encoding once, only "chunked", never with a length;
 *        no folding, no space before a colon, no control byte, no trailers or chunk extensions, known methods, an
 *        origin-form target of RFC 3986 letters without dot segments; a body only where the method has one.
 * Shape  a machine without I/O: it is shown the bytes that were not handed on and says how many may be. A head is handed
 *        on whole or not at all; a body as it comes, counted against the cap of its route.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ARMMS_FRAMING_MAX_HEAD (32 * 1024)
#define ARMMS_FRAMING_MAX_TARGET 4096
#define ARMMS_FRAMING_MAX_HEADERS 100

typedef enum {
  ARMMS_FRAMING_IDLE,    /* between messages: no byte of the next one yet */
  ARMMS_FRAMING_HEAD,
  ARMMS_FRAMING_BODY,
  ARMMS_FRAMING_DONE,    /* the whole message was shown; armms_framing_next() before the following one */
  ARMMS_FRAMING_REFUSED,
} ArmmsFramingState;

/* Static strings: what the client is told. */
typedef struct {
  guint status;
  const char *code;   /* "request.host_repeated" */
  const char *detail;
} ArmmsRefusal;

/* How many body bytes @method on @target (with its query) may carry. */
typedef gsize (*ArmmsBodyCap) (const char *method, const char *target, gpointer data);

typedef struct {
  ArmmsFramingState state;
  ArmmsRefusal refusal;
  ArmmsBodyCap cap;
  gpointer cap_data;
  /* private */
  gsize scanned;        /* of the head */
  gsize max_body;
  guint64 left;         /* body bytes, or bytes of the chunk */
  gsize body_seen;
  int chunk;            /* ChunkState; 0: a plain length */
  guint chunk_digits;
} ArmmsFraming;

void armms_framing_init (ArmmsFraming *framing, ArmmsBodyCap cap, gpointer cap_data);
void armms_framing_next (ArmmsFraming *framing);

/* @data: all bytes not yet handed on. Returns how many of them may be now; 0 when more is needed, at the end of the
 * message, or when it was refused. */
gsize armms_framing_check (ArmmsFraming *framing, const guint8 *data, gsize size);

/* The whole answer to a refused message, ready to be written. (transfer full) */
char *armms_refusal_to_answer (const ArmmsRefusal *refusal, const char *request_id);

G_END_DECLS
