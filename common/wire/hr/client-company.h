/* A client: the company that buys guarding. The tenant itself is the client of its own offices. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId client_id;
  char *code;
  char *name;
  char *status;  /* ACTIVE, INACTIVE */
  char *contact;
  char *address;
  gint64 version;
} ArmmsClientCompany;

extern const ArmmsRecordType armms_client_company_type;

G_END_DECLS
