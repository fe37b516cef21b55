#include "common/wire/timekeeping/time-log.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsTimeLog, member, Kind, __VA_ARGS__)
#define C(member, Kind, ...) ARMMS_FIELD (ArmmsTimeLogChange, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField fields[] = {
  F (time_log_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key; the same as that of its clock event"),
  F (ts, INSTANT, .flags = MADE | ARMMS_FIELD_SORT, .about = "The instant by the device's clock", .title = "Time"),
  F (type, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "IN|OUT|BREAK_START|BREAK_END|UNKNOWN", .about = "What was pressed"),
  F (employee_no, TEXT, .flags = MADE, .about = "Whose, by number", .title = "Employee no."),
  F (employee_name, TEXT, .flags = MADE, .about = "Whose, by name", .title = "Employee"),
  F (employee_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Whose; empty when nobody is known by that number"),
  F (duty_date, DATE, .flags = MADE | ARMMS_FIELD_FILTER, .about = "The day of the duty it belongs to; a night duty's day is the one it starts on"),
  F (detachment_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The site where it was pressed"),
  F (detachment_code, TEXT, .flags = MADE, .about = "The site where it was pressed", .title = "Detachment"),
  F (duty_detachment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The site of the duty"),
  F (shift_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The shift of the duty"),
  F (position_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The position of the duty"),
  F (assignment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The assignment it was matched to"),
  F (relief_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The relief duty it was matched to"),
  F (status, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = ARMMS_TIME_LOG_STATUSES, .about = "Whether it counts"),
  F (codes, TEXTS, .flags = MADE, .about = "What is odd about it", .title = "Anomalies"),
  F (adjusted_ts, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The instant that counts instead, by an approved adjustment"),
  F (adjusted_type, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The type that counts instead, by an approved adjustment"),
  F (adjustment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The adjustment that was applied"),
  F (device_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The device"),
  F (event_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The device's key of the event"),
  { 0 }
};

const ArmmsRecordType armms_time_log_type = { "time-log", sizeof (ArmmsTimeLog), fields };

static const ArmmsField change_fields[] = {
  C (action, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = "correct|void", .about = "correct: other values count; void: it does not count"),
  C (ts, INSTANT, .about = "The instant that shall count"),
  C (type, TEXT, .format = "IN|OUT|BREAK_START|BREAK_END", .about = "The type that shall count"),
  C (detachment_id, ID, .about = "The site that shall count"),
  C (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 3, .max = 500, .about = "Why"),
  { 0 }
};

const ArmmsRecordType armms_time_log_change_type = { "time-log-change", sizeof (ArmmsTimeLogChange), change_fields };
