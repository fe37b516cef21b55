/* A position: the rank of a post. It is one of the three keys of a rate card. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId position_id;
  char *code;
  char *name;
  char *kind;    /* FIELD, OFFICE */
  gint64 rank;   /* 1 is the highest */
  gboolean exempt; /* managers and field personnel: outside of overtime, rest day, night and holiday rules */
  char *status;  /* ACTIVE, INACTIVE */
  gint64 version;
} ArmmsPosition;

extern const ArmmsRecordType armms_position_type;

G_END_DECLS
