/* What each kind of day pays: one row of the premium matrix, by date. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId premium_id;
  char *day_type;             /* ordinary | special | double_special | regular | double_regular */
  gboolean rest_day;
  ArmmsMultiplier unworked, first8, overtime, first8_night, overtime_night;
  ArmmsDate valid_from, valid_to;
  char *source;
  gint64 row_no;
} ArmmsPremium;

extern const ArmmsRecordType armms_premium_type;

G_END_DECLS
