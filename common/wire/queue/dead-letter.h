/* What failed for good: a job, an event, an item of a stream, with the reason. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId dead_letter_id;
  char *source;         /* job, event, stream */
  char *name;           /* kind of job, subscription or reader */
  ArmmsId item_id;
  char *partition_key;
  char *state;          /* RETRYING, PARKED, RESENT, PURGED */
  char *code;
  char *reason;
  gint64 attempts;
  char *message;        /* JSON */
  ArmmsInstant created_at;
  ArmmsInstant updated_at;
  ArmmsInstant resent_at;
} ArmmsDeadLetter;

extern const ArmmsRecordType armms_dead_letter_type;

G_END_DECLS
