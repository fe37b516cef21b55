/* Between the files of the room. */
#pragma once

#include "server/approvals/approvals.h"

G_BEGIN_DECLS

/* (transfer none) (nullable); @ret_room: (out) (optional) whose it is */
const ArmmsApprovalSubject *armms_approvals_find_subject (const char *subject, const ArmmsRoom **ret_room);
const ArmmsRoom *armms_approvals_get_rooms (void);

/* What @actor may do next with a change in @state, or NULL. @takers: who asked and verified (ArmmsId). */
const char *armms_approvals_next_step (const ArmmsApprovalSubject *subject, const ArmmsActor *actor, const char *state,
                                       gboolean needs_verify, const GArray *takers);

extern const ArmmsStatement armms_approvals_statements[];

G_END_DECLS
