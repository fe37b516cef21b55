/* A time log: a clock event with what it means: whose duty it belongs to, whether it counts, what is odd about it. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_TIME_LOG_STATUSES "VALID|INVALID|DUPLICATE|UNMATCHED|ADJUSTED"

typedef struct {
  ArmmsId time_log_id;
  ArmmsInstant ts;
  char *type;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  ArmmsDate duty_date;
  ArmmsId detachment_id;
  char *detachment_code;
  ArmmsId duty_detachment_id;
  ArmmsId shift_id;
  ArmmsId position_id;
  ArmmsId assignment_id;
  ArmmsId relief_id;
  char *status;
  GStrv codes;
  ArmmsInstant adjusted_ts;
  char *adjusted_type;
  ArmmsId adjustment_id;
  ArmmsId device_id;
  ArmmsId event_id;
} ArmmsTimeLog;

/* What is asked for when a time log is to be put right (POST /v1/time-logs/{id}/adjust): an approval is opened. */
typedef struct {
  char *action;
  ArmmsInstant ts;
  char *type;
  ArmmsId detachment_id;
  char *reason;
} ArmmsTimeLogChange;

extern const ArmmsRecordType armms_time_log_type;
extern const ArmmsRecordType armms_time_log_change_type;

G_END_DECLS
