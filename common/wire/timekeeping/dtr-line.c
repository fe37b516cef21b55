#include "common/wire/timekeeping/dtr-line.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsDtrLine, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField fields[] = {
  F (dtr_line_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (duty_date, DATE, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .about = "The day the duty starts on", .title = "Date"),
  F (employee_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Whose"),
  F (employee_no, TEXT, .flags = MADE, .about = "Whose, by number", .title = "Employee no."),
  F (employee_name, TEXT, .flags = MADE, .about = "Whose, by name", .title = "Employee"),
  F (detachment_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The site of the duty"),
  F (detachment_code, TEXT, .flags = MADE, .about = "The site of the duty", .title = "Detachment"),
  F (shift_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The shift"),
  F (shift_code, TEXT, .flags = MADE, .about = "The shift", .title = "Shift"),
  F (position_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The position"),
  F (assignment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The assignment"),
  F (relief_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The relief duty, when it is one"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "OPEN|COMPLETE|ABSENT|LEAVE|HOLIDAY",
     .about = "OPEN: something is still to come; HOLIDAY: a regular holiday that was not worked but is paid"),
  F (starts_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Planned start"),
  F (ends_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Planned end"),
  F (in_at, INSTANT, .flags = MADE, .about = "First in, as it was clocked", .title = "In"),
  F (out_at, INSTANT, .flags = MADE, .about = "Last out, as it was clocked", .title = "Out"),
  F (scheduled_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Planned minutes, unpaid breaks left out", .title = "Scheduled"),
  F (worked_minutes, MINUTES, .flags = MADE, .about = "Minutes that count as worked", .title = "Worked"),
  F (regular_minutes, MINUTES, .flags = MADE, .about = "Of them, within the first eight hours", .title = "Regular"),
  F (overtime_minutes, MINUTES, .flags = MADE, .about = "Of them, beyond the first eight hours", .title = "Overtime"),
  F (night_minutes, MINUTES, .flags = MADE, .about = "Of them, between 22:00 and 06:00", .title = "Night"),
  F (late_minutes, MINUTES, .flags = MADE, .about = "Came late by", .title = "Late"),
  F (undertime_minutes, MINUTES, .flags = MADE, .about = "Left early or was away by", .title = "Undertime"),
  F (absent_minutes, MINUTES, .flags = MADE, .about = "Planned, not worked, not excused", .title = "Absent"),
  F (leave_paid_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Paid leave", .title = "Paid leave"),
  F (leave_unpaid_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Unpaid leave", .title = "Unpaid leave"),
  F (break_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Breaks, paid and unpaid", .title = "Breaks"),
  F (holiday_unworked_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Regular holiday, not worked, paid",
     .title = "Unworked holiday"),
  F (rest_day, BOOLEAN, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The duty date is the employee's rest day"),
  F (cells, JSON, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Minutes by day type, rest day, overtime and night"),
  F (codes, TEXTS, .flags = MADE, .about = "What is odd about it", .title = "Anomalies"),
  { 0 }
};

const ArmmsRecordType armms_dtr_line_type = { "dtr-line", sizeof (ArmmsDtrLine), fields };
