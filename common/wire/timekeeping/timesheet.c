#include "common/wire/timekeeping/timesheet.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsTimesheet, member, Kind, __VA_ARGS__)
#define S(member, Kind, ...) ARMMS_FIELD (ArmmsTimesheetSelection, member, Kind, __VA_ARGS__)
#define R(member, Kind, ...) ARMMS_FIELD (ArmmsTimesheetReopening, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField fields[] = {
  F (timesheet_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (employee_no, TEXT, .flags = MADE, .about = "Whose, by number", .title = "Employee no."),
  F (employee_name, TEXT, .flags = MADE, .about = "Whose, by name", .title = "Employee"),
  F (period_from, DATE, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .about = "First day of the pay period", .title = "From"),
  F (period_to, DATE, .flags = MADE | ARMMS_FIELD_FILTER, .about = "Last day of the pay period", .title = "To"),
  F (employee_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Whose"),
  F (detachment_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The site"),
  F (detachment_code, TEXT, .flags = MADE, .about = "The site", .title = "Detachment"),
  F (shift_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The shift"),
  F (shift_code, TEXT, .flags = MADE, .about = "The shift", .title = "Shift"),
  F (position_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The position"),
  F (position_code, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The position", .title = "Position"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "DRAFT|READY|FINALIZED", .about = "FINALIZED: sealed, payroll works from it"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "One more each time it is opened again"),
  F (revision, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises when its contents change (the ETag)"),
  F (days, INTEGER, .flags = MADE, .about = "How many days it counts", .title = "Days"),
  F (scheduled_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Planned minutes, unpaid breaks left out", .title = "Scheduled"),
  F (worked_minutes, MINUTES, .flags = MADE, .about = "Minutes that count as worked", .title = "Worked"),
  F (regular_minutes, MINUTES, .flags = MADE, .about = "Of them, within the first eight hours of a duty", .title = "Regular"),
  F (overtime_minutes, MINUTES, .flags = MADE, .about = "Of them, beyond the first eight hours of a duty", .title = "Overtime"),
  F (night_minutes, MINUTES, .flags = MADE, .about = "Of them, between 22:00 and 06:00", .title = "Night"),
  F (late_minutes, MINUTES, .flags = MADE, .about = "Came late by", .title = "Late"),
  F (undertime_minutes, MINUTES, .flags = MADE, .about = "Left early or was away by", .title = "Undertime"),
  F (absent_minutes, MINUTES, .flags = MADE, .about = "Planned, not worked, not excused", .title = "Absent"),
  F (leave_paid_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Paid leave", .title = "Paid leave"),
  F (leave_unpaid_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Unpaid leave", .title = "Unpaid leave"),
  F (break_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Breaks, paid and unpaid", .title = "Breaks"),
  F (holiday_unworked_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Regular holidays, not worked, paid",
     .title = "Unworked holiday"),
  F (anomalies, INTEGER, .flags = MADE, .about = "Open anomalies of the employee in the period"),
  F (blocking, INTEGER, .flags = MADE, .about = "Of them, those that forbid finalising"),
  F (changed_since, BOOLEAN, .flags = MADE, .about = "Late events changed the days after it was finalised: open it again", .title = "Changed since"),
  F (sha256, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The seal of the finalised version"),
  F (finalized_by, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Who finalised it"),
  F (finalized_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When it was finalised"),
  { 0 }
};

const ArmmsRecordType armms_timesheet_type = { "timesheet", sizeof (ArmmsTimesheet), fields };

static const ArmmsField selection_fields[] = {
  S (period_from, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "First day of the pay period"),
  S (period_to, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "Last day of the pay period"),
  S (detachment_id, ID, .about = "Only this site"),
  S (timesheet_ids, IDS, .about = "Only these timesheets"),
  { 0 }
};

const ArmmsRecordType armms_timesheet_selection_type = { "timesheet-selection", sizeof (ArmmsTimesheetSelection), selection_fields };

static const ArmmsField reopening_fields[] = {
  R (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 3, .max = 500, .about = "Why it is opened again"),
  { 0 }
};

const ArmmsRecordType armms_timesheet_reopening_type = { "timesheet-reopening", sizeof (ArmmsTimesheetReopening), reopening_fields };
