/* Changes to what counts, asked for and approved: the clock event stays, the recomputation reads them. */
#pragma once

#include "common/wire/timekeeping/adjustment.h"
#include "common/wire/timekeeping/time-log.h"
#include "server/platform/work/work.h"
#include "server/room.h"

G_BEGIN_DECLS

#define ARMMS_ADJUSTMENT_SUBJECT "time-adjustment"

/* Opens an approval. @adjustment: checked; its id is filled in. */
gboolean armms_adjustment_request (ArmmsWork *work, ArmmsAdjustment *adjustment, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, from a time log. (transfer full) */
ArmmsAdjustment *armms_adjustment_request_for_log (ArmmsWork *work, const ArmmsId *time_log_id, const ArmmsTimeLogChange *change, GError **error);
/* (transfer full) */
ArmmsAdjustment *armms_adjustment_load (ArmmsWork *work, const ArmmsId *adjustment_id, GError **error);

extern const ArmmsApprovalSubject armms_adjustment_subjects[];

G_END_DECLS
