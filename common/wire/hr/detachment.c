#include "common/wire/hr/detachment.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsDetachment, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (detachment_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (code, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .format = "code", .max = 32, .about = "Short name"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .max = 200, .about = "Name of the site"),
  F (client_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Whose site it is"),
  F (client_code, TEXT, .flags = ARMMS_FIELD_READ_ONLY, .about = "Whose site it is", .title = "Client"),
  F (kind, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "SITE|OFFICE", .about = "A client's site, or an office of our own"),
  F (region, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .format = "code", .max = 16,
     .about = "Region as the wage orders write it: decides local holidays and the minimum wage"),
  F (city, TEXT, .flags = ARMMS_FIELD_FILTER, .max = 100, .about = "City or municipality: decides local holidays"),
  F (address, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 300, .about = "Where it is"),
  F (meal_break, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "SHIFT|PAID|AUTO|PUNCHED",
     .about = "As the shift says, or here: paid, taken out by plan, or taken out as clocked"),
  F (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "ACTIVE|INACTIVE", .about = "Whether people are planned here"),
  F (opened_on, DATE, .flags = ARMMS_FIELD_HIDDEN, .about = "First day of guarding"),
  F (closed_on, DATE, .flags = ARMMS_FIELD_HIDDEN, .about = "Last day of guarding"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_detachment_type = { "detachment", sizeof (ArmmsDetachment), fields };
