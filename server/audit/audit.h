/* Audit: who changed what, when and why. Written by triggers, sealed by the worker, read here.
 *
 * Tables audit.audit_log, audit.seals, audit.seal_cursor; they stand in every database (migrations/0005).
 * Doors  no room writes here: a table is audited by platform.guard_table(). armmsctl verify looks for forgeries.
 */
#pragma once

#include "common/wire/audit/audit-entry.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_audit_room;

G_END_DECLS
