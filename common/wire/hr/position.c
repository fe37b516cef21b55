#include "common/wire/hr/position.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsPosition, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (position_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (code, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .format = "code", .max = 32, .about = "Short name"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .max = 100, .about = "Name of the rank"),
  F (kind, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "FIELD|OFFICE", .about = "At a post, or in an office"),
  F (rank, INTEGER, .flags = ARMMS_FIELD_OPTIONAL_ZERO, .min = 0, .max = 99, .about = "1 is the highest"),
  F (exempt, BOOLEAN, .about = "Outside of the rules of overtime, rest day, night and holiday (Labor Code art. 82)"),
  F (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "ACTIVE|INACTIVE", .about = "Whether people are planned for it"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_position_type = { "position", sizeof (ArmmsPosition), fields };
