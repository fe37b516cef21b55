/* Jobs, queues and dead letters for people: see README.md. */
#pragma once

#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_queue_room;
extern const ArmmsRoute armms_queue_routes[];
extern const ArmmsJobKind armms_queue_jobs[];

/* Sends a dead letter again, or gives it up (@discard), wherever it lies; for routes and armmsctl.
 * NOT_FOUND "dead_letter.unknown"; CONFLICT "dead_letter.not_parked". */
gboolean armms_queue_resend (ArmmsWork *work, const ArmmsId *dead_letter_id, gboolean discard, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
