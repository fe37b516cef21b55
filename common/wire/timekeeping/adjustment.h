/* An adjustment: an approved change that the recomputation reads. The clock event stays as it was sent. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId adjustment_id;
  char *kind;
  char *state;
  ArmmsId employee_id;
  ArmmsDate duty_date;
  ArmmsId time_log_id;
  ArmmsInstant ts;
  char *type;
  ArmmsId detachment_id;
  gboolean paid;
  ArmmsMinutes minutes;
  char *reason;
  ArmmsId change_request_id;
  ArmmsInstant created_at;
  ArmmsId created_by;
} ArmmsAdjustment;

extern const ArmmsRecordType armms_adjustment_type;

G_END_DECLS
