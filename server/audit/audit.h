/* Audit: who changed what, when and why. Written by triggers, sealed by the worker, read here.
 *
 * Tables audit.audit_log, audit.seals, audit.seal_cursor; they stand in every database (migrations/0005).
 * Doors  no room writes here: a table is audited by platform.guard_table(). armmsctl verify looks for forgeries, and so does the worker every night
 *        (job audit.verify) once a tenant has its schedule.
 */
#pragma once

#include "common/wire/audit/audit-entry.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_audit_room;

/* The nightly look at the log's seals, for the unit's tenant: a log that does not hold is a dead letter that people see. */
gboolean armms_audit_schedule (ArmmsWork *work, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
