/* A queue or a stream's reader in numbers. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  char *name;
  char *sort;           /* jobs, stream */
  gint64 waiting, running, delayed, dead;
  gint64 oldest_seconds;
  gint64 slots, held, failures;
  char *last_error;
} ArmmsQueueInfo;

extern const ArmmsRecordType armms_queue_info_type;

G_END_DECLS
