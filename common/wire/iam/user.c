#include "common/wire/iam/user.h"

#define MADE ARMMS_FIELD_READ_ONLY
#define U(member, Kind, ...) ARMMS_FIELD (ArmmsUser, member, Kind, __VA_ARGS__)
#define R(member, Kind, ...) ARMMS_FIELD (ArmmsRole, member, Kind, __VA_ARGS__)
#define T(member, Kind, ...) ARMMS_FIELD (ArmmsFeature, member, Kind, __VA_ARGS__)
#define K(member, Kind, ...) ARMMS_FIELD (ArmmsApiKey, member, Kind, __VA_ARGS__)

static const ArmmsField user_fields[] = {
  U (user_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  U (login, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .min = 2, .max = 120, .about = "What the user signs in with"),
  U (name, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 200, .about = "The person's name"),
  U (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "ACTIVE|SUSPENDED", .about = "Suspended users cannot act in this tenant"),
  U (employee_id, ID, .flags = ARMMS_FIELD_HIDDEN, .about = "The employee that the user is, for self-service"),
  U (roles, TEXTS, .about = "Codes of the roles in this tenant"),
  U (detachments, IDS, .flags = ARMMS_FIELD_HIDDEN, .about = "Limited to these detachments; none: to none of them, all are seen"),
  U (password, TEXT, .flags = ARMMS_FIELD_WRITE_ONLY, .max = 1000, .about = "The first password; only for a new user"),
  U (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_user_type = { "user", sizeof (ArmmsUser), user_fields };

static const ArmmsField role_fields[] = {
  R (role_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  R (code, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .max = 60, .about = "Short name, small letters and dashes"),
  R (name, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 120, .about = "Name for people"),
  R (workspace, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 60, .about = "The workspace that the desktop opens with"),
  R (features, TEXTS, .flags = ARMMS_FIELD_REQUIRED, .about = "What the role may do"),
  R (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_role_type = { "role", sizeof (ArmmsRole), role_fields };

static const ArmmsField feature_fields[] = {
  T (feature, TEXT, .flags = ARMMS_FIELD_SORT, .about = "Its name"),
  T (about, TEXT, .about = "What it allows"),
  T (scopes, TEXTS, .about = "The scopes that it gives"),
  { NULL }
};

const ArmmsRecordType armms_feature_type = { "feature", sizeof (ArmmsFeature), feature_fields };

static const ArmmsField key_fields[] = {
  K (key_id, ID, .flags = MADE, .about = "The first half of what the device shows"),
  K (kind, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .format = "DEVICE|PROGRAM", .about = "A device can only send clock events"),
  K (name, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .max = 120, .about = "Name for people"),
  K (device_id, ID, .flags = ARMMS_FIELD_HIDDEN, .about = "The device that holds it"),
  K (scopes, TEXTS, .about = "What it may do; a device: clock-events:send"),
  K (status, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "ACTIVE|REVOKED", .about = "Revoked keys open nothing"),
  K (expires_on, DATE, .about = "The last day it is good; none: until revoked"),
  K (secret, TEXT, .flags = MADE, .about = "The second half, answered once only"),
  K (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_api_key_type = { "api-key", sizeof (ArmmsApiKey), key_fields };
