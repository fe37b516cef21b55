#include "common/wire/timekeeping/timesheet-finding.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsTimesheetFinding, member, Kind, __VA_ARGS__)
#define V(member, Kind, ...) ARMMS_FIELD (ArmmsTimesheetValidation, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField fields[] = {
  F (code, TEXT, .flags = MADE, .about = "What it is: an anomaly's code, OPEN_DAY or CHANGED"),
  F (severity, TEXT, .flags = MADE, .format = "info|warning|blocking", .about = "blocking: no finalising while it is so"),
  F (message, TEXT, .flags = MADE, .about = "The same for people, with what to do"),
  F (duty_date, DATE, .flags = MADE, .about = "The day", .title = "Date"),
  F (anomaly_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The anomaly to resolve"),
  F (time_log_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The time log to adjust"),
  { 0 }
};

const ArmmsRecordType armms_timesheet_finding_type = { "timesheet-finding", sizeof (ArmmsTimesheetFinding), fields };

static const ArmmsField validation_fields[] = {
  V (timesheet_id, ID, .flags = MADE, .about = "The timesheet"),
  V (state, TEXT, .flags = MADE, .format = "DRAFT|READY|FINALIZED", .about = "READY when nothing blocks"),
  V (revision, INTEGER, .flags = MADE, .about = "The contents that were looked at"),
  V (findings, RECORDS, .flags = MADE, .record = &armms_timesheet_finding_type, .about = "What was found"),
  { 0 }
};

const ArmmsRecordType armms_timesheet_validation_type = { "timesheet-validation", sizeof (ArmmsTimesheetValidation), validation_fields };
