/* The two answers that a session reads. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

/* Of auth/login, auth/refresh and auth/tenant. */
typedef struct {
  char *access_token;
  char *refresh_token;
} ArmmsTokens;

typedef struct {
  ArmmsId tenant_id;
  char *code;
  char *name;
} ArmmsMeTenant;

/* Of GET /v1/me. */
typedef struct {
  ArmmsId user_id;
  char *login;
  char *name;
  ArmmsId tenant_id;
  GStrv scopes;
  GPtrArray *tenants; /* of ArmmsMeTenant */
} ArmmsMe;

extern const ArmmsRecordType armms_tokens_type;
extern const ArmmsRecordType armms_me_type;

G_END_DECLS
