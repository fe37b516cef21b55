#include "common/wire/timekeeping/adjustment.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsAdjustment, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (adjustment_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (kind, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .format = "correct|void|add|leave|break_worked",
     .about = "correct or void a time log; add a missed punch; leave: excuse a duty; break_worked: nobody relieved him, his meal break is paid"),
  F (state, TEXT, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_FILTER, .format = "REQUESTED|APPROVED|REJECTED", .about = "Only APPROVED ones count"),
  F (employee_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .about = "Whose", .title = "Employee"),
  F (duty_date, DATE, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .about = "The day it concerns", .title = "Date"),
  F (time_log_id, ID, .flags = ARMMS_FIELD_HIDDEN, .about = "The time log that is corrected or voided"),
  F (ts, INSTANT, .about = "The instant that shall count", .title = "Time"),
  F (type, TEXT, .format = "IN|OUT|BREAK_START|BREAK_END", .about = "The type that shall count"),
  F (detachment_id, ID, .about = "The site that shall count; break_worked: of these duties only", .title = "Detachment"),
  F (paid, BOOLEAN, .flags = ARMMS_FIELD_HIDDEN, .about = "leave: whether it is paid"),
  F (minutes, MINUTES, .flags = ARMMS_FIELD_HIDDEN, .min = 0, .max = 1440, .about = "leave: how much; 0: the whole duty"),
  F (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 3, .max = 500, .about = "Why"),
  F (change_request_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The approval it went through"),
  F (created_at, INSTANT, .flags = ARMMS_FIELD_READ_ONLY, .about = "When it was asked for", .title = "Requested"),
  F (created_by, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "By whom"),
  { 0 }
};

const ArmmsRecordType armms_adjustment_type = { "adjustment", sizeof (ArmmsAdjustment), fields };
