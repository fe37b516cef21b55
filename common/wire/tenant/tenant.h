/* A tenant: a client organisation of the platform, and how it looks. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId tenant_id;
  char *code;
  char *name;
  char *status;  /* ACTIVE, SUSPENDED */
  gint64 version;
} ArmmsTenant;

extern const ArmmsRecordType armms_tenant_type;

typedef struct {
  char *name;           /* the tenant's */
  char *legal_name;
  char *address;
  char *accent_colour;  /* "#1c71d8" */
  char *logo_type;      /* of GET /v1/branding/logo; NULL when there is none */
  gint64 version;
} ArmmsBranding;

extern const ArmmsRecordType armms_branding_type;

G_END_DECLS
