/* What stands in the way of finalising a timesheet, or should be looked at before it. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  char *code;
  char *severity;
  char *message;
  ArmmsDate duty_date;
  ArmmsId anomaly_id;
  ArmmsId time_log_id;
} ArmmsTimesheetFinding;

/* The answer of validate: READY when nothing blocks. */
typedef struct {
  ArmmsId timesheet_id;
  char *state;
  gint64 revision;
  GPtrArray *findings; /* owned, of ArmmsTimesheetFinding */
} ArmmsTimesheetValidation;

extern const ArmmsRecordType armms_timesheet_finding_type;
extern const ArmmsRecordType armms_timesheet_validation_type;

G_END_DECLS
