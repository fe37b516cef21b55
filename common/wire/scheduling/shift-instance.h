/* A shift instance: one shift of one detachment on one date, the heads it needs and the people planned for it. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId shift_instance_id;
  ArmmsDate duty_date;
  ArmmsId detachment_id;
  char *detachment_code;
  ArmmsId shift_id;
  char *shift_code;
  gint64 headcount;   /* wanted */
  gint64 planned;     /* own posts and relief, those relieved left out */
  gint64 relieved;
  char *status;       /* PLANNED, CANCELLED */
  char *note;
  gint64 version;
} ArmmsShiftInstance;

extern const ArmmsRecordType armms_shift_instance_type;

/* "Make the instances of these days, as the assignments want them." */
typedef struct {
  ArmmsDate from;
  ArmmsDate to;
} ArmmsShiftInstanceSpan;

extern const ArmmsRecordType armms_shift_instance_span_type;

/* Who stands where on a date: a row per person and duty. */
typedef struct {
  ArmmsDate duty_date;
  ArmmsId detachment_id;
  char *detachment_code;
  ArmmsId shift_id;
  char *shift_code;
  ArmmsId position_id;
  char *position_code;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  char *roster_key;   /* the order of the board: detachment, shift, number, duty */
  char *duty;         /* POST, RELIEF, REST, RELIEVED */
  ArmmsId assignment_id;
  ArmmsId relief_id;
  ArmmsInstant starts_at;
  ArmmsInstant ends_at;
} ArmmsRosterRow;

extern const ArmmsRecordType armms_roster_row_type;

G_END_DECLS
