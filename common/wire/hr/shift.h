/* A shift of the catalogue. Its times never change once it is made, since what was worked on it would change with them: other
 * times are another shift. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId shift_id;
  char *code;
  char *name;
  ArmmsMinutes start_minute;   /* of the duty date: 1080 is 18:00 */
  ArmmsMinutes end_minute;     /* above 1440 it is the next day: 1800 is 06:00 */
  char *break_mode;            /* PAID, AUTO: taken out at its planned time, PUNCHED: taken out as clocked */
  ArmmsMinutes break_minutes;  /* allowance (PAID, PUNCHED) or length (AUTO) */
  ArmmsMinutes break_start_minute; /* AUTO: when it begins; 0: in the middle of the shift */
  ArmmsMinutes grace_in_minutes;
  ArmmsMinutes grace_out_minutes;
  char *status;                /* ACTIVE, INACTIVE */
  gint64 version;
} ArmmsShift;

extern const ArmmsRecordType armms_shift_type;

G_END_DECLS
