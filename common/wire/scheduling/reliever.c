#include "common/wire/scheduling/reliever.h"

#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsReliever, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (relief_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (shift_instance_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "On which shift instance"),
  F (duty_date, DATE, .flags = MADE | ARMMS_FIELD_SORT, .about = "The day on which the duty starts", .title = "Date"),
  F (detachment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Where"),
  F (detachment_code, TEXT, .flags = MADE, .about = "Where", .title = "Detachment"),
  F (shift_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Which shift"),
  F (shift_code, TEXT, .flags = MADE, .about = "Which shift", .title = "Shift"),
  F (reliever_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Who comes"),
  F (reliever_no, TEXT, .flags = MADE, .about = "Who comes", .title = "Reliever no."),
  F (reliever_name, TEXT, .flags = MADE, .about = "Who comes", .title = "Reliever"),
  F (relieved_id, ID, .flags = ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Whose post it is; one head more when there is none"),
  F (relieved_no, TEXT, .flags = MADE, .about = "Whose post it is", .title = "Relieved no."),
  F (relieved_name, TEXT, .flags = MADE, .about = "Whose post it is", .title = "Relieved"),
  F (position_id, ID, .flags = ARMMS_FIELD_HIDDEN, .about = "As what; as the relieved one when it is not told"),
  F (starts_at, INSTANT, .about = "From when; from the start of the shift when it is not told", .title = "From"),
  F (ends_at, INSTANT, .about = "Until when; to the end of the shift when it is not told", .title = "To"),
  F (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = "ABSENT|SICK|LEAVE|REST_DAY|TRAINING|EXTRA|OTHER", .about = "Why"),
  F (note, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 500, .about = "A remark"),
  F (status, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "REQUESTED|ASSIGNED|REJECTED|RELEASED",
     .about = "Requested: told after the fact, waits for approval; released: taken back"),
  F (after_the_fact, BOOLEAN, .flags = MADE, .about = "Told when the duty had begun"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_reliever_type = { "reliever", sizeof (ArmmsReliever), fields };
