#include "server/rules/time/holiday.h"

gboolean
armms_holiday_qualifies (const ArmmsAttended *attended, const ArmmsDayType *day_types, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (attended[i] == ARMMS_ATTENDED_WORKED || attended[i] == ARMMS_ATTENDED_PAID_LEAVE)
        return TRUE;
      if (attended[i] == ARMMS_ATTENDED_ABSENT && day_types[i] == ARMMS_DAY_ORDINARY)
        return FALSE;
    }
  return FALSE;
}
