/* An assignment: an employee at a detachment, on a shift, in a position, from a day to a day. Two of one employee never
 * overlap; relief duty is told apart (reliever.h). */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId assignment_id;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  ArmmsId detachment_id;
  char *detachment_code;
  ArmmsId shift_id;
  char *shift_code;
  ArmmsId position_id;
  char *position_code;
  ArmmsDate valid_from;
  ArmmsDate valid_to;     /* the last day; NONE: until further notice */
  char *rest_weekdays;    /* "SUN" or "SAT,SUN"; NULL: none */
  char *note;
  gint64 version;
} ArmmsAssignment;

extern const ArmmsRecordType armms_assignment_type;

#define ARMMS_WEEKDAY_BIT(weekday) (1u << ((weekday) - 1)) /* 1 Monday .. 7 Sunday */

/* "SAT,SUN" to bits and back; FALSE for what is no list of days. NULL and "": 0. */
gboolean armms_weekdays_parse (const char *text, guint *ret_bits) G_GNUC_WARN_UNUSED_RESULT;
char *armms_weekdays_to_string (guint bits); /* (transfer full) (nullable): NULL for 0 */

G_END_DECLS
