/* A device: a reader at a gate, a phone, a terminal in an office. Its key is made and kept by iam. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId device_id;
  char *name;
  ArmmsId detachment_id;
  char *kind;
  gboolean active;
  ArmmsInstant last_seen_at;
  gint64 clock_offset_seconds;
  gint64 version;
} ArmmsDevice;

extern const ArmmsRecordType armms_device_type;

G_END_DECLS
