/* A line of the daily time record: one employee, one duty: when he came and went, and every minute in its cell.
 *
 * Units  minutes. cells is {"ordinary": 480, "ordinary_ot_nd": 240, ...}: see server/rules/time/classify.h.
 */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId dtr_line_id;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  ArmmsDate duty_date;
  ArmmsId detachment_id;
  char *detachment_code;
  ArmmsId shift_id;
  char *shift_code;
  ArmmsId position_id;
  ArmmsId assignment_id;
  ArmmsId relief_id;
  char *state;
  ArmmsInstant starts_at;
  ArmmsInstant ends_at;
  ArmmsInstant in_at;
  ArmmsInstant out_at;
  ArmmsMinutes scheduled_minutes;
  ArmmsMinutes worked_minutes;
  ArmmsMinutes regular_minutes;
  ArmmsMinutes overtime_minutes;
  ArmmsMinutes night_minutes;
  ArmmsMinutes late_minutes;
  ArmmsMinutes undertime_minutes;
  ArmmsMinutes absent_minutes;
  ArmmsMinutes leave_paid_minutes;
  ArmmsMinutes leave_unpaid_minutes;
  ArmmsMinutes break_minutes;
  ArmmsMinutes holiday_unworked_minutes;
  gboolean rest_day;
  char *cells;
  GStrv codes;
} ArmmsDtrLine;

extern const ArmmsRecordType armms_dtr_line_type;

G_END_DECLS
