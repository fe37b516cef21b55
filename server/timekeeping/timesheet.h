/* What people do with timesheets: look whether one is ready, seal it, open it again. */
#pragma once

#include "common/wire/timekeeping/timesheet-finding.h"
#include "common/wire/timekeeping/timesheet.h"
#include "server/platform/jobs/job.h"
#include "server/platform/work/work.h"

G_BEGIN_DECLS

/* (transfer full), for armms_record_free (&armms_timesheet_validation_type, ...) */
ArmmsTimesheetValidation *armms_timesheet_validate (ArmmsWork *work, const ArmmsId *timesheet_id, GError **error);

/* Why one was left out. */
typedef struct {
  ArmmsId timesheet_id;
  const char *code;  /* static */
  char *message;     /* owned */
} ArmmsTimesheetLeftOut;

/* Seals @ids in the unit: lines that lack events are derived first; each one that may not be sealed is told in @left_out (of
 * ArmmsTimesheetLeftOut), the others get their snapshot, checksum and event. @ret_sealed: how many.
 * @revision: of a single one, 0: whatever it is. STALE when it has moved on. */
gboolean armms_timesheet_seal (ArmmsWork *work, const ArmmsId *ids, gsize n, gint64 revision, GArray *left_out, guint *ret_sealed,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *armms_timesheet_left_out_new (void);

/* A finalised one becomes a draft of its next version. */
gboolean armms_timesheet_reopen (ArmmsWork *work, const ArmmsId *timesheet_id, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The job "timekeeping.finalize": @selection as armms_timesheet_selection_type. */
gboolean armms_timesheet_finalize_job (ArmmsJob *job, GError **error);

G_END_DECLS
