#include "common/wire/tenant/tenant.h"

#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsTenant, member, Kind, __VA_ARGS__)
#define B(member, Kind, ...) ARMMS_FIELD (ArmmsBranding, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (tenant_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (code, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = "code", .max = 31, .about = "What people write at sign-in"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 200, .about = "The organisation's name"),
  F (status, TEXT, .flags = MADE, .format = "ACTIVE|SUSPENDED", .about = "Nobody signs in to a suspended one"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_tenant_type = { "tenant", sizeof (ArmmsTenant), fields };

static const ArmmsField branding_fields[] = {
  B (name, TEXT, .flags = MADE, .about = "The tenant's name"),
  B (legal_name, TEXT, .max = 200, .about = "The name on payslips and filings"),
  B (address, TEXT, .max = 400, .about = "The address on payslips and filings"),
  B (accent_colour, TEXT, .max = 7, .about = "\"#\" and six small hexadecimal digits", .title = "Accent colour"),
  B (logo_type, TEXT, .flags = MADE, .about = "Type of the logo; none when there is no logo"),
  B (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_branding_type = { "branding", sizeof (ArmmsBranding), branding_fields };
