#include "common/wire/hr/client-company.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsClientCompany, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (client_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (code, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .format = "code", .max = 32, .about = "Short name"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .max = 200, .about = "Registered name"),
  F (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "ACTIVE|INACTIVE", .about = "Whether a contract runs"),
  F (contact, TEXT, .max = 200, .about = "Whom to call"),
  F (address, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 300, .about = "Where to write to"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_client_company_type = { "client", sizeof (ArmmsClientCompany), fields };
