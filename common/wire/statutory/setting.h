/* A choice that the law or the client leaves to the tenant: what stands, and its default. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  char *key;
  char *value;
  char *fallback;
  gboolean chosen;   /* else the default stands */
  char *about;
} ArmmsStatutorySettingRecord;

extern const ArmmsRecordType armms_statutory_setting_type;

G_END_DECLS
