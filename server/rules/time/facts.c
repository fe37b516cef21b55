#include "server/rules/time/facts.h"

#include <string.h>

const ArmmsTimePolicy armms_time_policy_default = {
  .early_margin = 180,
  .late_margin = 240,
  .duplicate_window = 5,
  .rounding_step = 0,
  .rounding = ARMMS_ROUND_TIME_NONE,
  .longest_duty = 960,
  .skew_tolerance = 5,
};

static const char *const kind_names[] = { "IN", "OUT", "BREAK_START", "BREAK_END", "UNKNOWN" };
static const char *const status_names[] = { "VALID", "INVALID", "DUPLICATE", "UNMATCHED", "ADJUSTED" };

const char *
armms_punch_kind_name (ArmmsPunchKind kind)
{
  return kind_names[kind];
}

gboolean
armms_punch_kind_parse (const char *name, ArmmsPunchKind *ret_kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (strcmp (name, kind_names[i]) == 0)
      {
        *ret_kind = (ArmmsPunchKind) i;
        return TRUE;
      }
  return FALSE;
}

const char *
armms_log_status_name (ArmmsLogStatus status)
{
  return status_names[status];
}

ArmmsDayType
armms_calendar_get (const ArmmsCalendar *calendar, ArmmsDate date)
{
  gint64 offset;

  if (calendar == NULL)
    return ARMMS_DAY_ORDINARY;
  offset = (gint64) date.days - calendar->first.days;
  return offset < 0 || offset >= calendar->n ? ARMMS_DAY_ORDINARY : (ArmmsDayType) calendar->day_types[offset];
}
