/* A user, seen from one tenant: the login, and what its roles there allow. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId user_id;
  char *login;
  char *name;
  char *status;         /* ACTIVE, SUSPENDED: the membership's */
  ArmmsId employee_id;  /* for self-service */
  GStrv roles;          /* codes */
  GArray *detachments;  /* ArmmsId; limited to these when any */
  char *password;       /* write only */
  gint64 version;
} ArmmsUser;

extern const ArmmsRecordType armms_user_type;

typedef struct {
  ArmmsId role_id;
  char *code;
  char *name;
  char *workspace;
  GStrv features;
  gint64 version;
} ArmmsRole;

extern const ArmmsRecordType armms_role_type;

typedef struct {
  char *feature;
  char *about;
  GStrv scopes;
} ArmmsFeature;

extern const ArmmsRecordType armms_feature_type;

typedef struct {
  ArmmsId key_id;
  char *kind;           /* DEVICE, PROGRAM */
  char *name;
  ArmmsId device_id;
  GStrv scopes;
  char *status;         /* ACTIVE, REVOKED */
  ArmmsDate expires_on;
  char *secret;         /* answered once, when it is made */
  gint64 version;
} ArmmsApiKey;

extern const ArmmsRecordType armms_api_key_type;

G_END_DECLS
