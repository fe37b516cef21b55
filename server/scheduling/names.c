/* Names beside ids, and the events of this room. */
#include "server/scheduling/scheduling-private.h"

#include "common/wire/json.h"
#include "server/tenant/tenant.h"

#include <string.h>

ArmmsZone *
armms_scheduling_zone (ArmmsWork *work, GError **error)
{
  const ArmmsTenantSettings *settings = armms_tenant_get_settings (work, error);
  ArmmsZone *zone;

  if (settings == NULL)
    return NULL;
  zone = armms_zone_new (settings->time_zone);
  if (zone == NULL)
    armms_error_set (error, ARMMS_ERROR_INTERNAL, "tenant.time_zone", "the tenant's time zone '%s' is not known", settings->time_zone);
  return zone;
}

gboolean
armms_scheduling_names_load (ArmmsSchedulingNames *names, ArmmsWork *work, const GArray *ids, GError **error)
{
  if (ids->len > 0 && (names->employees = armms_hr_load_employees (work, (const ArmmsId *) (gpointer) ids->data, ids->len, error)) == NULL)
    return FALSE;
  return (names->detachments = armms_hr_load_detachments (work, error)) != NULL
         && (names->shifts = armms_hr_load_shifts (work, error)) != NULL
         && (names->positions = armms_hr_load_positions (work, error)) != NULL;
}

void
armms_scheduling_names_clear (ArmmsSchedulingNames *names)
{
  g_clear_pointer (&names->employees, g_ptr_array_unref);
  g_clear_pointer (&names->detachments, g_ptr_array_unref);
  g_clear_pointer (&names->shifts, g_ptr_array_unref);
  g_clear_pointer (&names->positions, g_ptr_array_unref);
}

void
armms_scheduling_name_employee (const ArmmsSchedulingNames *names, const ArmmsId *id, char **no, char **name)
{
  const ArmmsEmployee *employee = armms_hr_find_employee (names->employees, id);

  g_clear_pointer (no, g_free);
  g_clear_pointer (name, g_free);
  if (employee == NULL)
    return;
  *no = g_strdup (employee->employee_no);
  *name = armms_employee_name (employee);
}

static void
set_code (char **code, const char *value)
{
  g_free (*code);
  *code = g_strdup (value);
}

void
armms_scheduling_name_post (const ArmmsSchedulingNames *names, const ArmmsId *detachment_id, char **detachment_code,
                            const ArmmsId *shift_id, char **shift_code, const ArmmsId *position_id, char **position_code)
{
  const ArmmsDetachment *detachment = armms_hr_find_detachment (names->detachments, detachment_id);
  const ArmmsShift *shift = armms_hr_find_shift (names->shifts, shift_id);
  const ArmmsPosition *position = armms_hr_find_position (names->positions, position_id);

  set_code (detachment_code, detachment != NULL ? detachment->code : NULL);
  set_code (shift_code, shift != NULL ? shift->code : NULL);
  if (position_code != NULL)
    set_code (position_code, position != NULL ? position->code : NULL);
}

static void
append_date (GString *out, const char *name, ArmmsDate date)
{
  char text[ARMMS_DATE_TEXT_SIZE];

  g_string_append_printf (out, ",\"%s\":", name);
  armms_json_append_string (out, armms_date_is_none (date) ? NULL : armms_date_format (date, text));
}

static void
append_employees (GString *out, const ArmmsId *employees, guint n)
{
  char text[ARMMS_ID_TEXT_SIZE];
  char separator = '[';

  g_string_append (out, "\"employee_ids\":");
  if (n == 0)
    {
      g_string_append (out, "null");
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      if (armms_id_is_nil (&employees[i]))
        continue;
      g_string_append_c (out, separator);
      armms_json_append_string (out, armms_id_format (&employees[i], text));
      separator = ',';
    }
  g_string_append_c (out, ']');
}

ArmmsEvent *
armms_scheduling_event (const char *schema, const ArmmsRecordType *type, gconstpointer record, const ArmmsId *id, gint64 version,
                        const ArmmsId *employees, guint n, ArmmsDate from, ArmmsDate to)
{
  GString *payload = g_string_new ("{");
  g_autofree char *member = g_strdelimit (g_strdup (type->name), "-", '_');

  append_employees (payload, employees, n);
  append_date (payload, "from", from);
  append_date (payload, "to", to);
  g_string_append_printf (payload, ",\"%s\":", member);
  armms_record_append_json (type, record, /* scopes= */ NULL, payload);
  g_string_append_c (payload, '}');
  /* In order for one employee; what concerns everybody is in order by itself. */
  return armms_event_new (schema, type->name, id, version, n > 0 ? &employees[0] : id, g_string_free (payload, FALSE));
}

GPtrArray *
armms_scheduling_events_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
}

gboolean
armms_scheduling_tell (ArmmsWork *work, GPtrArray *events, GError **error)
{
  return events->len == 0 || armms_outbox_append (work, ARMMS_SCHEDULING_SCHEMA, events, error);
}
