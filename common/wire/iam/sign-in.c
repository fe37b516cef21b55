#include "common/wire/iam/sign-in.h"

#define I(member, Kind, ...) ARMMS_FIELD (ArmmsSignIn, member, Kind, __VA_ARGS__)
#define O(member, Kind, ...) ARMMS_FIELD (ArmmsSignedIn, member, Kind, __VA_ARGS__)

static const ArmmsField sign_in_fields[] = {
  I (login, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 120, .about = "The login"),
  I (password, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_WRITE_ONLY, .max = 1000, .about = "The password"),
  I (tenant_id, ID, .about = "The tenant to act in"),
  I (tenant, TEXT, .max = 31, .about = "The tenant to act in, by its code"),
  I (device_proof, TEXT, .max = 100, .about = "What an earlier sign-in on this device gave"),
  I (program, TEXT, .max = 100, .about = "Which program asks"),
  { NULL }
};
const ArmmsRecordType armms_sign_in_type = { "sign-in", sizeof (ArmmsSignIn), sign_in_fields };

static const ArmmsField refresh_fields[] = {
  ARMMS_FIELD (ArmmsTokenRefresh, refresh_token, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_WRITE_ONLY, .max = 100, .about = "The last one given"),
  { NULL }
};
const ArmmsRecordType armms_token_refresh_type = { "token-refresh", sizeof (ArmmsTokenRefresh), refresh_fields };

static const ArmmsField choice_fields[] = {
  ARMMS_FIELD (ArmmsTenantChoice, tenant_id, ID, .flags = ARMMS_FIELD_REQUIRED, .about = "The tenant to act in from now on"),
  { NULL }
};
const ArmmsRecordType armms_tenant_choice_type = { "tenant-choice", sizeof (ArmmsTenantChoice), choice_fields };

static const ArmmsField password_fields[] = {
  ARMMS_FIELD (ArmmsPasswordChange, old_password, TEXT, .flags = ARMMS_FIELD_WRITE_ONLY, .max = 1000, .about = "One's own now; not when an administrator sets another's"),
  ARMMS_FIELD (ArmmsPasswordChange, new_password, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_WRITE_ONLY, .max = 1000, .about = "At least 10 letters"),
  { NULL }
};
const ArmmsRecordType armms_password_change_type = { "password-change", sizeof (ArmmsPasswordChange), password_fields };

static const ArmmsField signed_in_fields[] = {
  O (access_token, TEXT, .about = "Goes into Authorization: Bearer"),
  O (expires_in, INTEGER, .about = "Seconds that the access token lives"),
  O (refresh_token, TEXT, .about = "Gets the next pair, once"),
  O (device_proof, TEXT, .about = "To be kept on this device and shown at the next sign-in"),
  O (user_id, ID, .about = "Who"),
  O (login, TEXT, .about = "The login"),
  O (name, TEXT, .about = "The person's name"),
  O (tenant_id, ID, .about = "In which tenant; none: choose one"),
  O (tenant_name, TEXT, .about = "The tenant's name"),
  O (workspace, TEXT, .about = "The workspace to open with"),
  O (roles, TEXTS, .about = "Codes of the roles"),
  O (scopes, TEXTS, .about = "What the user may do"),
  O (tenants, RECORDS, .record = &armms_tenant_type, .about = "All tenants that the user belongs to"),
  O (must_change_password, BOOLEAN, .about = "Ask for a new password first"),
  { NULL }
};
const ArmmsRecordType armms_signed_in_type = { "signed-in", sizeof (ArmmsSignedIn), signed_in_fields };
