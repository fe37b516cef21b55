/* Employees: onboarding, changes with the day from which they hold, separation. */
#include "server/hr/hr-private.h"

#include "common/wire/json.h"

#include <stdlib.h>
#include <string.h>

/* What belongs to the employment, and so to a day from which it holds. */
static const char *const employment_fields[] = { "position_id", "department_id", "pay_basis", "monthly_rate", "minimum_wage_earner" };

static gboolean
check_employment (const ArmmsEmployee *employee, GError **error)
{
  gboolean monthly = strcmp (employee->pay_basis, "MONTHLY") == 0;

  if (monthly && employee->monthly_rate.centavos <= 0)
    armms_error_add_field (error, "monthly_rate", "required", "must be there for a monthly pay basis");
  else if (!monthly && employee->monthly_rate.centavos != 0)
    armms_error_add_field (error, "monthly_rate", "out_of_range", "is of a monthly pay basis only: others are paid by the post's rate card");
  else if (employee->effective_on.days < employee->hired_on.days)
    armms_error_add_field (error, "effective_on", "out_of_range", "must not be before the first day of employment");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_status (const ArmmsEmployee *employee, GError **error)
{
  gboolean separated = strcmp (employee->status, "SEPARATED") == 0;
  gboolean dated = !armms_date_is_none (employee->separated_on);

  if (separated && !dated)
    armms_error_add_field (error, "separated_on", "required", "must be there for somebody separated");
  else if (!separated && dated)
    armms_error_add_field (error, "status", "not_one_of", "must be SEPARATED when there is a last day");
  else if (dated && employee->separated_on.days < employee->hired_on.days)
    armms_error_add_field (error, "separated_on", "out_of_range", "must not be before the first day of employment");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_new (ArmmsEmployee *employee, GError **error)
{
  armms_resource_default (&employee->status, "ACTIVE");
  armms_resource_default (&employee->pay_basis, "DAILY");
  if (armms_date_is_none (employee->effective_on))
    employee->effective_on = employee->hired_on;
  return check_status (employee, error) && check_employment (employee, error);
}

static void
append_date (GString *out, const char *name, ArmmsDate date)
{
  char text[ARMMS_DATE_TEXT_SIZE];

  g_string_append_printf (out, ",\"%s\":", name);
  armms_json_append_string (out, armms_date_is_none (date) ? NULL : armms_date_format (date, text));
}

/* Canonical: the members are in order. */
static ArmmsEvent *
event_of (const char *schema, const ArmmsEmployee *employee, gint64 version)
{
  GString *payload = g_string_new ("{\"employee_id\":");
  char id[ARMMS_ID_TEXT_SIZE];

  armms_json_append_string (payload, armms_id_format (&employee->employee_id, id));
  g_string_append (payload, ",\"employee_no\":");
  armms_json_append_string (payload, employee->employee_no);
  append_date (payload, "hired_on", employee->hired_on);
  append_date (payload, "separated_on", employee->separated_on);
  g_string_append (payload, ",\"status\":");
  armms_json_append_string (payload, employee->status);
  g_string_append_c (payload, '}');
  return armms_event_new (schema, "employee", &employee->employee_id, version, &employee->employee_id, g_string_free (payload, FALSE));
}

gboolean
armms_hr_onboard (ArmmsWork *work, const GPtrArray *employees, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  if (employees->len == 0)
    return TRUE;
  for (guint i = 0; i < employees->len; i++)
    {
      ArmmsEmployee *employee = employees->pdata[i];

      if (armms_id_is_nil (&employee->employee_id))
        employee->employee_id = armms_id_new ();
      if (!check_new (employee, error))
        return FALSE;
      g_ptr_array_add (events, event_of ("armms.hr.EmployeeOnboarded.v1", employee, 1));
    }
  return armms_hr_store_insert_employees (work, employees, error)
         && armms_outbox_append (work, ARMMS_HR_SCHEMA, events, error);
}

gboolean
armms_hr_insert_employees (ArmmsWork *work, const GPtrArray *employees, GError **error)
{
  return armms_hr_onboard (work, employees, error);
}

static gboolean
touches_employment (JsonObject *changes)
{
  for (guint i = 0; i < G_N_ELEMENTS (employment_fields); i++)
    if (json_object_has_member (changes, employment_fields[i]))
      return TRUE;
  return FALSE;
}

static gboolean
check_change (const ArmmsEmployee *employee, JsonObject *changes, gboolean employs, GError **error)
{
  /* A change of pay or position without its day would rewrite what is past. */
  if (employs && (!json_object_has_member (changes, "effective_on") || armms_date_is_none (employee->effective_on)))
    {
      armms_error_add_field (error, "effective_on", "required", "must say from when on the change holds");
      return FALSE;
    }
  return check_status (employee, error) && (!employs || check_employment (employee, error));
}

static gboolean
tell_change (ArmmsWork *work, const ArmmsEmployee *employee, gint64 version, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  g_ptr_array_add (events, event_of ("armms.hr.EmployeeChanged.v1", employee, version));
  return armms_outbox_append (work, ARMMS_HR_SCHEMA, events, error);
}

static gboolean
store_change (ArmmsWork *work, ArmmsEmployee *employee, gint64 version, JsonNode *changes, GError **error)
{
  gboolean stale = employee->version != version;
  gboolean employs;

  if (!stale)
    {
      if (!armms_record_update_from_json (&armms_employee_type, employee, changes, error))
        return FALSE;
      employs = touches_employment (json_node_get_object (changes));
      if (!check_change (employee, json_node_get_object (changes), employs, error)
          || !armms_hr_store_change_employee (work, employee, version, &stale, error))
        return FALSE;
      if (!stale)
        return (!employs || armms_hr_store_employ (work, employee, error)) && tell_change (work, employee, version + 1, error);
    }
  armms_error_set (error, ARMMS_ERROR_STALE, "employee.stale", "cannot change employee %s: the row has moved on since it was read",
                   employee->employee_no);
  return FALSE;
}

ArmmsEmployee *
armms_hr_change_employee (ArmmsWork *work, const ArmmsId *employee_id, gint64 version, JsonNode *changes, GError **error)
{
  ArmmsEmployee *employee = armms_hr_store_read_employee (work, employee_id, error);
  gboolean good;

  if (employee == NULL)
    return NULL;
  good = store_change (work, employee, version, changes, error);
  armms_record_free (&armms_employee_type, employee);
  return good ? armms_hr_store_read_employee (work, employee_id, error) : NULL;
}

ArmmsEmployee *
armms_hr_load_employee (ArmmsWork *work, const ArmmsId *employee_id, GError **error)
{
  return armms_hr_store_read_employee (work, employee_id, error);
}

char *
armms_employee_name (const ArmmsEmployee *employee)
{
  const char *middle = employee->middle_name;
  char initial[8] = "";

  if (middle != NULL && *middle != '\0')
    g_snprintf (initial, sizeof initial, " %.*s.", (int) (g_utf8_next_char (middle) - middle), middle);
  return g_strdup_printf ("%s, %s%s", employee->family_name, employee->given_name, initial);
}

const ArmmsEmployment *
armms_hr_employment_on (const GPtrArray *employments, const ArmmsId *employee_id, ArmmsDate date)
{
  guint low = 0, high = employments->len;

  /* the first of the employee */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const ArmmsEmployment *employment = employments->pdata[middle];

      if (armms_id_compare (&employment->employee_id, employee_id) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < employments->len; low++)
    {
      const ArmmsEmployment *employment = employments->pdata[low];

      if (!armms_id_equal (&employment->employee_id, employee_id))
        break;
      if (employment->valid_from.days <= date.days
          && (armms_date_is_none (employment->valid_to) || employment->valid_to.days >= date.days))
        return employment;
    }
  return NULL;
}
