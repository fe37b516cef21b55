#include "common/wire/hr/shift.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsShift, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (shift_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (code, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .format = "code", .max = 32, .about = "Short name"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .max = 100, .about = "Name"),
  F (start_minute, MINUTES, .flags = ARMMS_FIELD_REQUIRED, .min = 0, .max = 1439, .about = "Start, minutes from midnight of the duty date",
     .title = "Starts"),
  F (end_minute, MINUTES, .flags = ARMMS_FIELD_REQUIRED, .min = 1, .max = 2879,
     .about = "End, minutes from midnight of the duty date; above 1440 on the next day", .title = "Ends"),
  F (break_mode, TEXT, .format = "PAID|AUTO|PUNCHED", .about = "Paid, taken out by plan, or taken out as clocked"),
  F (break_minutes, MINUTES, .min = 0, .max = 240, .about = "Length of the break, or how much of it is allowed", .title = "Break"),
  F (break_start_minute, MINUTES, .flags = ARMMS_FIELD_OPTIONAL_ZERO | ARMMS_FIELD_HIDDEN, .min = 0, .max = 2879,
     .about = "When a planned break begins; in the middle when it is not told"),
  F (grace_in_minutes, MINUTES, .min = 0, .max = 120, .about = "Late by so much is not late", .title = "Grace in"),
  F (grace_out_minutes, MINUTES, .min = 0, .max = 120, .about = "Early by so much is not early", .title = "Grace out"),
  F (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "ACTIVE|INACTIVE", .about = "Whether people are planned on it"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_shift_type = { "shift", sizeof (ArmmsShift), fields };
