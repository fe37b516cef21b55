/* A timesheet: one employee, pay period, detachment, shift and position: the sum of its DTR lines. Minutes only, never money.
 *
 * version   1 until it is opened again after it was finalised: then one more.
 * revision  rises whenever its contents change: the ETag.
 */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId timesheet_id;
  char *state;
  gint64 version;
  gint64 revision;
  ArmmsDate period_from;
  ArmmsDate period_to;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  ArmmsId detachment_id;
  char *detachment_code;
  ArmmsId shift_id;
  char *shift_code;
  ArmmsId position_id;
  char *position_code;
  gint64 days;
  ArmmsMinutes scheduled_minutes;
  ArmmsMinutes worked_minutes;
  ArmmsMinutes regular_minutes;
  ArmmsMinutes overtime_minutes;
  ArmmsMinutes night_minutes;
  ArmmsMinutes late_minutes;
  ArmmsMinutes undertime_minutes;
  ArmmsMinutes absent_minutes;
  ArmmsMinutes leave_paid_minutes;
  ArmmsMinutes leave_unpaid_minutes;
  ArmmsMinutes break_minutes;
  ArmmsMinutes holiday_unworked_minutes;
  gint64 anomalies;
  gint64 blocking;
  gboolean changed_since;
  char *sha256;
  ArmmsId finalized_by;
  ArmmsInstant finalized_at;
} ArmmsTimesheet;

/* What to finalise in bulk (POST /v1/timesheets/finalize): a whole period, or one site, or named timesheets of it. */
typedef struct {
  ArmmsDate period_from;
  ArmmsDate period_to;
  ArmmsId detachment_id;
  GArray *timesheet_ids; /* owned, of ArmmsId; NULL: all of them */
} ArmmsTimesheetSelection;

typedef struct {
  char *reason;
} ArmmsTimesheetReopening;

extern const ArmmsRecordType armms_timesheet_type;
extern const ArmmsRecordType armms_timesheet_selection_type;
extern const ArmmsRecordType armms_timesheet_reopening_type;

G_END_DECLS
