/* Bytes to clock events, directly: no tree, no copy but of what has escapes.
 *
 * Shape  the text has been through the strict scanner (platform/http/json-scan.h), so this reader may trust its grammar; what
 *        an event must have is judged here, for each event on its own. Members that are not known are passed over: a device of
 *        a newer make shall not lose its punches.
 */
#pragma once

#include "common/base/date.h"
#include "common/base/error.h"
#include "common/base/id.h"

G_BEGIN_DECLS

#define ARMMS_INGEST_MOST_EVENTS 1000

/* Texts point into the body or into the decoder's chunk: they live as long as both. */
typedef struct {
  ArmmsId event_id, device_id, employee_id, detachment_id;
  ArmmsInstant ts;
  const char *employee_ref; /* NULL: none */
  const char *type;         /* static */
  const char *payload;      /* JSON text, NULL: none */
  gint32 seq;               /* -1: none */
  gint64 body_hash;
  const char *bad_field;    /* NULL: it can be an event; else the first member that is wrong (static) */
  const char *bad_code;     /* static: "required", "bad_format", ... */
} ArmmsIngestEvent;

/* Appends to @events. @ret_is_array: the body was an array. FALSE with MALFORMED, or TOO_LARGE when it is longer than an array may be. */
gboolean armms_ingest_decode (const char *body, gsize size, GStringChunk *texts, GArray *events, gboolean *ret_is_array,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
