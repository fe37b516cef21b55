/* Who wakes the derivation: the stream of clock events, changes of plans, the end of days. */
#pragma once

#include "server/platform/stream/stream.h"
#include "server/room.h"
#include "server/timekeeping/derive/derive.h"

G_BEGIN_DECLS

/* The reader "timekeeping.derive". */
gboolean armms_derive_on_slot (ArmmsStreamSlot *slot, gboolean careful, gboolean *ret_more, GError **error);

extern const ArmmsSubscription armms_timekeeping_subscriptions[];

/* Events of their numbers that are nobody's become those of @employees (of ArmmsEmployee); @touches gets them. */
gboolean armms_derive_link (ArmmsWork *work, const GPtrArray *employees, GArray *touches, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a record for each of @employees whose number is his key. */
void armms_derive_add_keys (GPtrArray *employees);

/* Judges @touches in portions within @work, slots locked first. */
gboolean armms_derive_touched (ArmmsWork *work, GArray *touches, ArmmsDeriveMode mode, ArmmsDeriveFigures *figures, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Absence is told of all days from @from (NONE: of the pay period of the first event, unless it is told from an earlier one already)
 * through @through, in units of its own, each of one slot; goes on where an earlier one was broken off.
 * CONFLICT "timesheet.not_over" when @through is not over yet. @should_stop: nullable. */
gboolean armms_timekeeping_sweep (ArmmsDb *db, const ArmmsActor *actor, ArmmsDate from, ArmmsDate through, gboolean (*should_stop) (gpointer data),
                                  gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
