/* Approvals: one pattern for every change that matters: request -> (verify) -> approve | reject.
 *
 * Tables audit.change_requests, audit.change_steps (append-only: the trail); they stand in every database, beside the
 *        resource that they speak of.
 * Law    nobody approves or verifies what he asked for himself, nor approves what he verified. Who decides a payrun whose
 *        time he finalised is stopped by the owner of the subject, unless the tenant allows it.
 * Doors  the subject's owner asks here and is called back (ArmmsApprovalSubject in room.h) when the last step is taken.
 */
#pragma once

#include "common/wire/approvals/change.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_approvals_room;

/* Once, by the program: whose subjects are known. */
void armms_approvals_set_rooms (const ArmmsRoom *rooms);

/* @work writes in the database of the resource. One open change per resource: CONFLICT "approvals.open".
 * @change_json: before and after, as the owner likes. @reason: (nullable). @ret_id: (out) (optional). */
gboolean armms_approvals_request (ArmmsWork *work, const char *subject, const ArmmsId *resource_id, const char *change_json,
                                  const char *reason, ArmmsId *ret_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @step: "verify", "approve", "reject" (wants a @reason). Scope, order and the same-person rule are checked; on the last
 * step the subject's on_approved or on_rejected runs in the same unit. */
gboolean armms_approvals_decide (ArmmsWork *work, const char *subject, const ArmmsId *resource_id, const char *step,
                                 const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The last change of a resource, open or decided, with its trail; NULL without error when there is none. (transfer full) */
ArmmsChange *armms_approvals_find (ArmmsWork *work, const char *subject, const ArmmsId *resource_id, GError **error);

G_END_DECLS
