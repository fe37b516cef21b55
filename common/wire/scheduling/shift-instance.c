#include "common/wire/scheduling/shift-instance.h"

#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsShiftInstance, member, Kind, __VA_ARGS__)
#define S(member, Kind, ...) ARMMS_FIELD (ArmmsShiftInstanceSpan, member, Kind, __VA_ARGS__)
#define R(member, Kind, ...) ARMMS_FIELD (ArmmsRosterRow, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (shift_instance_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (duty_date, DATE, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .about = "The day on which it starts", .title = "Date"),
  F (detachment_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Where"),
  F (detachment_code, TEXT, .flags = MADE, .about = "Where", .title = "Detachment"),
  F (shift_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Which shift"),
  F (shift_code, TEXT, .flags = MADE, .about = "Which shift", .title = "Shift"),
  F (headcount, INTEGER, .flags = ARMMS_FIELD_REQUIRED, .min = 0, .max = 1000, .about = "How many people it needs"),
  F (planned, INTEGER, .flags = MADE, .about = "How many are planned: own posts and relief"),
  F (relieved, INTEGER, .flags = MADE, .about = "How many of the posted are relieved"),
  F (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "PLANNED|CANCELLED", .about = "Nobody stands on one that is cancelled"),
  F (note, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 500, .about = "A remark"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_shift_instance_type = { "shift-instance", sizeof (ArmmsShiftInstance), fields };

static const ArmmsField span_fields[] = {
  S (from, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "First duty date"),
  S (to, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "Last duty date, at most 92 days on"),
  { NULL }
};

const ArmmsRecordType armms_shift_instance_span_type = { "shift-instance-span", sizeof (ArmmsShiftInstanceSpan), span_fields };

static const ArmmsField roster_fields[] = {
  R (roster_key, TEXT, .flags = MADE | ARMMS_FIELD_SORT | ARMMS_FIELD_HIDDEN, .about = "The order of the board: site, shift, number"),
  R (duty_date, DATE, .flags = MADE, .about = "The day on which the duty starts", .title = "Date"),
  R (detachment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Where"),
  R (detachment_code, TEXT, .flags = MADE, .about = "Where", .title = "Detachment"),
  R (shift_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Which shift"),
  R (shift_code, TEXT, .flags = MADE, .about = "Which shift", .title = "Shift"),
  R (position_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "As what"),
  R (position_code, TEXT, .flags = MADE, .about = "As what", .title = "Position"),
  R (employee_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Who"),
  R (employee_no, TEXT, .flags = MADE, .about = "Who", .title = "Employee no."),
  R (employee_name, TEXT, .flags = MADE, .about = "Who", .title = "Employee"),
  R (duty, TEXT, .flags = MADE, .format = "POST|RELIEF|REST|RELIEVED", .about = "Own post, relief for somebody, rest day, or relieved"),
  R (assignment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "By which assignment"),
  R (relief_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "By which relief"),
  R (starts_at, INSTANT, .flags = MADE, .about = "Planned start", .title = "Starts"),
  R (ends_at, INSTANT, .flags = MADE, .about = "Planned end", .title = "Ends"),
  { NULL }
};

const ArmmsRecordType armms_roster_row_type = { "roster-row", sizeof (ArmmsRosterRow), roster_fields };
