#include "client/session/wire.h"

static const ArmmsField tokens_fields[] = {
  ARMMS_FIELD (ArmmsTokens, access_token, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 8192),
  ARMMS_FIELD (ArmmsTokens, refresh_token, TEXT, .max = 8192),
  { NULL }
};

const ArmmsRecordType armms_tokens_type = { "tokens", sizeof (ArmmsTokens), tokens_fields };

static const ArmmsField me_tenant_fields[] = {
  ARMMS_FIELD (ArmmsMeTenant, tenant_id, ID),
  ARMMS_FIELD (ArmmsMeTenant, code, TEXT),
  ARMMS_FIELD (ArmmsMeTenant, name, TEXT),
  { NULL }
};

static const ArmmsRecordType me_tenant_type = { "me-tenant", sizeof (ArmmsMeTenant), me_tenant_fields };

static const ArmmsField me_fields[] = {
  ARMMS_FIELD (ArmmsMe, user_id, ID),
  ARMMS_FIELD (ArmmsMe, login, TEXT),
  ARMMS_FIELD (ArmmsMe, name, TEXT),
  ARMMS_FIELD (ArmmsMe, tenant_id, ID),
  ARMMS_FIELD (ArmmsMe, scopes, TEXTS),
  ARMMS_FIELD (ArmmsMe, tenants, RECORDS, .record = &me_tenant_type),
  { NULL }
};

const ArmmsRecordType armms_me_type = { "me", sizeof (ArmmsMe), me_fields };
