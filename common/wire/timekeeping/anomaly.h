/* Something that a person should look at, and what was decided about it. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId anomaly_id;
  char *code;
  char *severity;
  char *state;
  ArmmsDate duty_date;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  ArmmsId detachment_id;
  char *detachment_code;
  ArmmsId shift_id;
  ArmmsId time_log_id;
  ArmmsMinutes minutes;
  char *employee_ref;
  ArmmsInstant found_at;
  char *action;
  char *reason;
  ArmmsId resolved_by;
  ArmmsInstant resolved_at;
} ArmmsAnomaly;

/* What a person decides (POST /v1/anomalies/{id}/resolve). */
typedef struct {
  char *action;
  char *reason;
} ArmmsAnomalyResolution;

extern const ArmmsRecordType armms_anomaly_type;
extern const ArmmsRecordType armms_anomaly_resolution_type;

G_END_DECLS
