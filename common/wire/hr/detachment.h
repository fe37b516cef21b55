/* A detachment: a client's site where guards stand; an office is one as well. Region and city decide its holidays and its
 * minimum wage. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId detachment_id;
  char *code;
  char *name;
  ArmmsId client_id;
  char *client_code;
  char *kind;       /* SITE, OFFICE */
  char *region;     /* as the wage orders write it: "NCR", "IV-A", "VII" */
  char *city;
  char *address;
  char *meal_break; /* SHIFT: as the shift says; PAID, AUTO, PUNCHED: here otherwise */
  char *status;     /* ACTIVE, INACTIVE */
  ArmmsDate opened_on;
  ArmmsDate closed_on;
  gint64 version;
} ArmmsDetachment;

extern const ArmmsRecordType armms_detachment_type;

G_END_DECLS
