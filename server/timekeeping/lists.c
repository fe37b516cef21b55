#include "server/timekeeping/lists.h"

#include "common/wire/timekeeping/adjustment.h"
#include "common/wire/timekeeping/anomaly.h"
#include "common/wire/timekeeping/clock-event.h"
#include "common/wire/timekeeping/device.h"
#include "common/wire/timekeeping/dtr-line.h"
#include "common/wire/timekeeping/time-log.h"
#include "common/wire/timekeeping/timesheet.h"
#include "server/hr/hr.h"
#include "server/timekeeping/settings.h"

#define MOST_FOUND 2000

/* ---- filters ---------------------------------------------------------------------------------------------------- */

/* Words are looked for in numbers and names: whose rows are wanted? */
static gboolean
append_found (ArmmsRequest *request, ArmmsParams *params, GError **error)
{
  const char *words = armms_request_get_page (request)->q;
  g_autoptr(GArray) found = NULL;

  if (words == NULL || *words == '\0')
    {
      armms_params_null (params);
      return TRUE;
    }
  found = armms_hr_search_employees (armms_request_get_work (request), words, MOST_FOUND, error);
  if (found == NULL)
    return FALSE;
  armms_params_ids (params, (const ArmmsId *) (gpointer) found->data, found->len);
  return TRUE;
}

static gboolean
append_found_and_odd (ArmmsRequest *request, ArmmsParams *params, GError **error)
{
  if (!append_found (request, params, error))
    return FALSE;
  armms_params_boolean (params, armms_request_get_boolean (request, "with_anomalies", FALSE));
  return TRUE;
}

/* The days of "from" and "to" are the tenant's, the rows have instants. */
static gboolean
append_found_and_days (ArmmsRequest *request, ArmmsParams *params, GError **error)
{
  ArmmsTimekeepingSettings settings;
  ArmmsDate from = armms_request_get_date (request, "from"), to = armms_request_get_date (request, "to");

  if (!append_found (request, params, error) || !armms_timekeeping_settings_load (armms_request_get_work (request), &settings, error))
    return FALSE;
  armms_params_instant (params, armms_date_is_none (from) ? ARMMS_INSTANT_NONE : armms_zone_instant (settings.zone, from, 0));
  armms_params_instant (params, armms_date_is_none (to) ? ARMMS_INSTANT_NONE : armms_zone_instant (settings.zone, to, ARMMS_MINUTES_PER_DAY));
  return TRUE;
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

/* Where a record keeps what: 0 is nowhere. */
typedef struct {
  gsize employee_id, employee_no, employee_name;
  gsize detachment_id, detachment_code;
  gsize shift_id, shift_code;
  gsize position_id, position_code;
} Places;

#define MEMBER(record, Type, offset) (*(Type *) G_STRUCT_MEMBER_P (record, offset))

static GPtrArray *
load_named_employees (ArmmsWork *work, const GPtrArray *records, gsize offset, GError **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (armms_id_hash, armms_id_equal_func);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));

  for (guint i = 0; i < records->len; i++)
    {
      ArmmsId *id = &MEMBER (g_ptr_array_index (records, i), ArmmsId, offset);

      if (!armms_id_is_nil (id) && g_hash_table_add (seen, id))
        g_array_append_val (ids, *id);
    }
  if (ids->len == 0)
    return g_ptr_array_new ();
  return armms_hr_load_employees (work, (const ArmmsId *) (gpointer) ids->data, ids->len, error);
}

static void
set_text (gpointer record, gsize offset, char *text /* (transfer full) */)
{
  g_free (MEMBER (record, char *, offset));
  MEMBER (record, char *, offset) = text;
}

static gboolean
name_employees (ArmmsWork *work, GPtrArray *records, const Places *places, GError **error)
{
  g_autoptr(GPtrArray) employees = load_named_employees (work, records, places->employee_id, error);

  if (employees == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      const ArmmsEmployee *employee = armms_hr_find_employee (employees, &MEMBER (record, ArmmsId, places->employee_id));

      if (employee == NULL)
        continue;
      set_text (record, places->employee_no, g_strdup (employee->employee_no));
      if (places->employee_name != 0)
        set_text (record, places->employee_name, armms_employee_name (employee));
    }
  return TRUE;
}

static gboolean
name_places (ArmmsWork *work, GPtrArray *records, const Places *places, GError **error)
{
  g_autoptr(GPtrArray) detachments = NULL, shifts = NULL, positions = NULL;

  if (places->detachment_code != 0 && (detachments = armms_hr_load_detachments (work, error)) == NULL)
    return FALSE;
  if (places->shift_code != 0 && (shifts = armms_hr_load_shifts (work, error)) == NULL)
    return FALSE;
  if (places->position_code != 0 && (positions = armms_hr_load_positions (work, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      const ArmmsDetachment *detachment = detachments == NULL ? NULL : armms_hr_find_detachment (detachments, &MEMBER (record, ArmmsId, places->detachment_id));
      const ArmmsShift *shift = shifts == NULL ? NULL : armms_hr_find_shift (shifts, &MEMBER (record, ArmmsId, places->shift_id));
      const ArmmsPosition *position = positions == NULL ? NULL : armms_hr_find_position (positions, &MEMBER (record, ArmmsId, places->position_id));

      if (detachment != NULL)
        set_text (record, places->detachment_code, g_strdup (detachment->code));
      if (shift != NULL)
        set_text (record, places->shift_code, g_strdup (shift->code));
      if (position != NULL)
        set_text (record, places->position_code, g_strdup (position->code));
    }
  return TRUE;
}

#define COMPLETE(name, ...) \
  static gboolean \
  name (ArmmsWork *work, GPtrArray *records, GError **error) \
  { \
    static const Places places = { __VA_ARGS__ }; \
    return name_employees (work, records, &places, error) && name_places (work, records, &places, error); \
  }
#define AT(Struct, member) .member = G_STRUCT_OFFSET (Struct, member)

COMPLETE (complete_clock_events, AT (ArmmsClockEvent, employee_id), AT (ArmmsClockEvent, employee_no))
COMPLETE (complete_time_logs, AT (ArmmsTimeLog, employee_id), AT (ArmmsTimeLog, employee_no), AT (ArmmsTimeLog, employee_name),
          AT (ArmmsTimeLog, detachment_id), AT (ArmmsTimeLog, detachment_code))
COMPLETE (complete_dtr_lines, AT (ArmmsDtrLine, employee_id), AT (ArmmsDtrLine, employee_no), AT (ArmmsDtrLine, employee_name),
          AT (ArmmsDtrLine, detachment_id), AT (ArmmsDtrLine, detachment_code), AT (ArmmsDtrLine, shift_id), AT (ArmmsDtrLine, shift_code))
COMPLETE (complete_anomalies, AT (ArmmsAnomaly, employee_id), AT (ArmmsAnomaly, employee_no), AT (ArmmsAnomaly, employee_name),
          AT (ArmmsAnomaly, detachment_id), AT (ArmmsAnomaly, detachment_code))
COMPLETE (complete_timesheets, AT (ArmmsTimesheet, employee_id), AT (ArmmsTimesheet, employee_no), AT (ArmmsTimesheet, employee_name),
          AT (ArmmsTimesheet, detachment_id), AT (ArmmsTimesheet, detachment_code), AT (ArmmsTimesheet, shift_id), AT (ArmmsTimesheet, shift_code),
          AT (ArmmsTimesheet, position_id), AT (ArmmsTimesheet, position_code))

static gboolean
check_device (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsDevice *device = record;
  g_autoptr(GPtrArray) detachments = NULL;

  armms_resource_default (&device->kind, "reader");
  if (before == NULL)
    device->active = TRUE;
  if (armms_id_is_nil (&device->detachment_id))
    return TRUE;
  detachments = armms_hr_load_detachments (work, error);
  if (detachments == NULL)
    return FALSE;
  if (armms_hr_find_detachment (detachments, &device->detachment_id) != NULL)
    return TRUE;
  armms_error_add_field (error, "detachment_id", "unknown", "there is no such detachment");
  return FALSE;
}

/* ---- the rows --------------------------------------------------------------------------------------------------- */

#define FILTERS(...) (const char *const[]) { __VA_ARGS__, NULL }

const ArmmsResource armms_timekeeping_clock_events = {
  .type = &armms_clock_event_type, .what = "clock_event", .id_field = "clock_event_id", .default_sort = "ts",
  .page = "timekeeping/clock-events-page", .filter = append_found_and_days, .complete = complete_clock_events,
  .filters = FILTERS ("type", "employee_no", "employee_id", "detachment_id", "device_id"),
};
const ArmmsResource armms_timekeeping_time_logs = {
  .type = &armms_time_log_type, .what = "time_log", .id_field = "time_log_id", .default_sort = "ts", .page = "timekeeping/time-logs-page",
  .one = "timekeeping/time-logs-one", .filter = append_found_and_days, .complete = complete_time_logs,
  .filters = FILTERS ("type", "employee_id", "duty_date", "detachment_id", "shift_id", "status", "device_id"),
};
const ArmmsResource armms_timekeeping_dtr_lines = {
  .type = &armms_dtr_line_type, .what = "dtr_line", .id_field = "dtr_line_id", .default_sort = "duty_date", .page = "timekeeping/dtr-page",
  .filter = append_found, .complete = complete_dtr_lines,
  .filters = FILTERS ("duty_date", "employee_id", "detachment_id", "shift_id", "position_id", "state", "from", "to"),
};
const ArmmsResource armms_timekeeping_anomalies = {
  .type = &armms_anomaly_type, .what = "anomaly", .id_field = "anomaly_id", .default_sort = "duty_date", .page = "timekeeping/anomalies-page",
  .one = "timekeeping/anomalies-one", .filter = append_found, .complete = complete_anomalies,
  .filters = FILTERS ("duty_date", "code", "severity", "state", "employee_id", "detachment_id", "from", "to"),
};
const ArmmsResource armms_timekeeping_adjustments = {
  .type = &armms_adjustment_type, .what = "adjustment", .id_field = "adjustment_id", .default_sort = "duty_date",
  .page = "timekeeping/adjustments-page", .one = "timekeeping/adjustments-one", .filter = append_found,
  .filters = FILTERS ("kind", "state", "employee_id", "duty_date", "from", "to"),
};
const ArmmsResource armms_timekeeping_timesheets = {
  .type = &armms_timesheet_type, .what = "timesheet", .id_field = "timesheet_id", .default_sort = "period_from",
  .page = "timekeeping/timesheets-page", .one = "timekeeping/timesheets-one", .filter = append_found_and_odd, .complete = complete_timesheets,
  .filters = FILTERS ("period_from", "period_to", "employee_id", "detachment_id", "shift_id", "position_id", "state"),
};
const ArmmsResource armms_timekeeping_devices = {
  .type = &armms_device_type, .what = "device", .path = "/v1/devices", .id_field = "device_id", .default_sort = "name",
  .page = "timekeeping/devices-page", .one = "timekeeping/devices-one", .insert = "timekeeping/devices-insert",
  .change = "timekeeping/devices-change", .check = check_device, .filters = FILTERS ("name", "detachment_id", "kind", "active"),
  .columns = FILTERS ("name", "detachment_id", "kind", "active"),
};
