/* The shipped calendar into a tenant's, beside what people have entered. */
#include "server/scheduling/scheduling-private.h"

#include <string.h>

#define US_PER_DAY (ARMMS_US_PER_MINUTE * ARMMS_MINUTES_PER_DAY)

static GPtrArray *
load_standing (ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "scheduling/holidays-standing", NULL, error);

  return rows != NULL ? armms_rows_records (rows, &armms_holiday_type) : NULL;
}

static ArmmsHoliday *
find_standing (const GPtrArray *standing, const ArmmsHoliday *wanted)
{
  for (guint i = 0; i < standing->len; i++)
    {
      ArmmsHoliday *holiday = standing->pdata[i];

      if (holiday->on_date.days == wanted->on_date.days && strcmp (holiday->scope, wanted->scope) == 0
          && strcmp (holiday->name, wanted->name) == 0)
        return holiday;
    }
  return NULL;
}

static gboolean
refuse_past (GError **error, const ArmmsHoliday *standing, const ArmmsHoliday *wanted)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];

  armms_error_set (error, ARMMS_ERROR_CONFLICT, "statutory.changed_past", "%s on %s is past as %s and reads %s in the files", standing->name,
                   armms_date_format (standing->on_date, buffer), standing->day_type, wanted->day_type);
  return FALSE;
}

/* A day that is still to come may be proclaimed anew. */
static gboolean
change_kind (ArmmsWork *work, const ArmmsHoliday *standing, const ArmmsHoliday *wanted, GError **error)
{
  g_autoptr(GPtrArray) changed = armms_records_new (&armms_holiday_type);
  ArmmsHoliday *holiday = armms_record_copy (&armms_holiday_type, standing);

  g_ptr_array_add (changed, holiday);
  g_free (holiday->day_type);
  holiday->day_type = g_strdup (wanted->day_type);
  g_free (holiday->source);
  holiday->source = g_strdup (wanted->source);
  return armms_resource_store (&armms_scheduling_holidays, work, standing, holiday, standing->version, error);
}

gboolean
armms_scheduling_import_holidays (ArmmsWork *work, const GPtrArray *holidays, gint64 *ret_rows, GError **error)
{
  g_autoptr(GPtrArray) standing = load_standing (work, error);
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();
  gint64 today = armms_work_get_now (work).us / US_PER_DAY;
  gint64 changed = 0;

  if (standing == NULL)
    return FALSE;
  for (guint i = 0; i < holidays->len; i++)
    {
      ArmmsHoliday *wanted = holidays->pdata[i];
      const ArmmsHoliday *there = find_standing (standing, wanted);

      if (there == NULL)
        {
          g_ptr_array_add (missing, wanted);
          continue;
        }
      if (strcmp (there->day_type, wanted->day_type) == 0)
        continue;
      if (there->on_date.days <= today)
        return refuse_past (error, there, wanted);
      if (!change_kind (work, there, wanted, error))
        return FALSE;
      changed++;
    }
  if (!armms_resource_insert (&armms_scheduling_holidays, work, missing, error))
    return FALSE;
  *ret_rows = changed + missing->len;
  return TRUE;
}
