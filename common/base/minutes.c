#include "common/base/minutes.h"

char *
armms_minutes_to_string (ArmmsMinutes minutes)
{
  gint64 count = minutes.count;
  gint64 size = ABS (count);

  return g_strdup_printf ("%s%" G_GINT64_FORMAT "h %02" G_GINT64_FORMAT "m", count < 0 ? "-" : "",
                          size / ARMMS_MINUTES_PER_HOUR, size % ARMMS_MINUTES_PER_HOUR);
}
