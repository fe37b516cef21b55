/* A relief: somebody put on a shift instance in place of somebody else, or in addition, planned or after the fact. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId relief_id;
  ArmmsId shift_instance_id;
  ArmmsDate duty_date;
  ArmmsId detachment_id;
  char *detachment_code;
  ArmmsId shift_id;
  char *shift_code;
  ArmmsId reliever_id;      /* who comes */
  char *reliever_no;
  char *reliever_name;
  ArmmsId relieved_id;      /* whose post it is; nil: one head more */
  char *relieved_no;
  char *relieved_name;
  ArmmsId position_id;      /* nil in a request: the relieved one's */
  ArmmsInstant starts_at;   /* NONE in a request: the whole shift */
  ArmmsInstant ends_at;
  char *reason;             /* ABSENT, SICK, LEAVE, REST_DAY, TRAINING, EXTRA, OTHER */
  char *note;
  char *status;             /* REQUESTED (after the fact), ASSIGNED, REJECTED, RELEASED */
  gboolean after_the_fact;  /* told when the duty had begun */
  gint64 version;
} ArmmsReliever;

extern const ArmmsRecordType armms_reliever_type;

G_END_DECLS
