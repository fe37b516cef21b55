/* Signing in: what is sent, what comes back. */
#pragma once

#include "common/wire/record.h"
#include "common/wire/tenant/tenant.h"

G_BEGIN_DECLS

typedef struct {
  char *login;
  char *password;
  ArmmsId tenant_id;     /* or tenant, or neither: the only one, or a choice among tenants */
  char *tenant;          /* its code */
  char *device_proof;    /* from an earlier sign-in here: failures of others do not lock this device out */
  char *program;         /* "ARMMS desktop 0.1.0" */
} ArmmsSignIn;

extern const ArmmsRecordType armms_sign_in_type;

typedef struct { char *refresh_token; } ArmmsTokenRefresh;
extern const ArmmsRecordType armms_token_refresh_type;

typedef struct { ArmmsId tenant_id; } ArmmsTenantChoice;
extern const ArmmsRecordType armms_tenant_choice_type;

typedef struct { char *old_password; char *new_password; } ArmmsPasswordChange;
extern const ArmmsRecordType armms_password_change_type;

/* Tokens and who they stand for. Without a tenant: choose one of tenants by POST /v1/auth/tenant. */
typedef struct {
  char *access_token;    /* a JWT of 15 minutes: Authorization: Bearer ... */
  gint64 expires_in;     /* seconds */
  char *refresh_token;   /* good once; NULL without a tenant */
  char *device_proof;    /* keep it on this device */
  ArmmsId user_id;
  char *login;
  char *name;
  ArmmsId tenant_id;     /* nil: none chosen */
  char *tenant_name;
  char *workspace;
  GStrv roles;
  GStrv scopes;
  GPtrArray *tenants;    /* ArmmsTenant: all that the user may choose */
  gboolean must_change_password;
} ArmmsSignedIn;

extern const ArmmsRecordType armms_signed_in_type;

G_END_DECLS
