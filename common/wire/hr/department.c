#include "common/wire/hr/department.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsDepartment, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (department_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (code, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .format = "code", .max = 32, .about = "Short name"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .max = 100, .about = "Name"),
  F (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "ACTIVE|INACTIVE", .about = "Whether people are put into it"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_department_type = { "department", sizeof (ArmmsDepartment), fields };
