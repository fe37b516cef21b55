/* The door of the house: accepts connections, reads every byte before libsoup does, and ends what takes too long.
 *
 * Shape  TLS is spoken by our own GTlsServerConnection (so its deadline is ours, and HTTP/2 is never offered); over it lies
 *        a GIOStream that shows libsoup only whole, unambiguous heads and counted bodies (framing.h), one message at a
 *        time. A message that is refused is answered here and the connection closed; libsoup sees the end of input.
 * Bounds connections in all and per peer; seconds for the handshake and a head, for a body, between messages, and for an
 *        answer. One tick a half second walks all connections: no timer each.
 */
#pragma once

#include "common/base/error.h"
#include "common/base/id.h"
#include "server/platform/http/framing.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ArmmsDoor ArmmsDoor;

typedef struct {
  guint max_connections, max_per_peer;
  guint head_seconds, body_seconds, idle_seconds, answer_seconds;
  GTlsCertificate *certificate; /* nullable, borrowed until armms_door_new() returns */
} ArmmsDoorLimits;

/* A stream that libsoup may have; keep it only through libsoup. */
typedef void (*ArmmsDoorFunc) (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer data);

ArmmsDoor *armms_door_new (const ArmmsDoorLimits *limits, ArmmsBodyCap cap, ArmmsDoorFunc func, gpointer data);
void armms_door_free (ArmmsDoor *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsDoor, armms_door_free)

gboolean armms_door_listen (ArmmsDoor *door, const char *address, guint port, guint *ret_port, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* No new connections, idle ones are closed; what runs goes on. */
void armms_door_close (ArmmsDoor *door);
gboolean armms_door_is_closing (ArmmsDoor *door);

typedef struct { guint connections; guint64 accepted, refused, timed_out, turned_away; } ArmmsDoorFigures;
void armms_door_get_figures (ArmmsDoor *door, ArmmsDoorFigures *ret_figures);

G_END_DECLS
