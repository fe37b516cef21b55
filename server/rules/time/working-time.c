#include "server/rules/time/working-time.h"

#include "common/base/error.h"
#include "common/base/minutes.h"

const ArmmsWorkingTime *
armms_working_time_find (const ArmmsWorkingTimeTable *table, ArmmsDate date, GError **error)
{
  char text[ARMMS_DATE_TEXT_SIZE];

  for (gsize i = 0; i < table->n_rows; i++)
    if (date.days >= table->rows[i].from.days && (armms_date_is_none (table->rows[i].to) || date.days <= table->rows[i].to.days))
      return &table->rows[i];
  armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no working-time table is in force on %s",
                   armms_date_format (date, text));
  return NULL;
}

/* A night that begins before noon begins after midnight, which is later than any evening. */
static gint32
evening (gint32 minute)
{
  return minute < ARMMS_MINUTES_PER_DAY / 2 ? minute + ARMMS_MINUTES_PER_DAY : minute;
}

void
armms_working_time_apply (const ArmmsWorkingTime *law, ArmmsTimePolicy *policy)
{
  gboolean own_night = policy->night_from != 0 || policy->night_to != 0;

  policy->regular_minutes = policy->regular_minutes == 0 ? law->regular_minutes : MIN (policy->regular_minutes, law->regular_minutes);
  policy->night_from = own_night ? MIN (evening (policy->night_from), law->night_from) : law->night_from;
  policy->night_to = own_night ? MAX (policy->night_to, law->night_to) : law->night_to;
  policy->paid_break_up_to = MAX (policy->paid_break_up_to, law->paid_break_up_to);
}
