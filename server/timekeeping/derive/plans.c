/* When plans, people or the calendar change: whoever it concerns is judged again. */
#include "server/timekeeping/derive/reader.h"

#include "server/hr/hr.h"
#include "server/rules/time/holiday.h"
#include "server/timekeeping/timekeeping.h"

#include <json-glib/json-glib.h>
#include <string.h>

static gboolean
read_date (JsonObject *payload, const char *name, ArmmsDate *ret_date)
{
  const char *text = json_object_get_string_member_with_default (payload, name, NULL);

  return text != NULL && armms_date_parse (text, ret_date);
}

static JsonObject *
parse_payload (const ArmmsEvent *event, JsonParser *parser, GError **error)
{
  JsonNode *root;

  if (!json_parser_load_from_data (parser, event->payload, -1, error))
    return NULL;
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_get_object (root);
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "event.malformed", "the payload of %s is no object", event->schema);
  return NULL;
}

static void
add_touch (GArray *touches, const ArmmsId *employee_id, ArmmsDate from, ArmmsDate to)
{
  ArmmsTouch touch = { .employee_id = *employee_id, .at = ARMMS_INSTANT_NONE, .from = from, .to = to };

  g_array_append_val (touches, touch);
}

static gboolean
add_everybody (ArmmsWork *work, GArray *touches, ArmmsDate from, ArmmsDate to, GError **error)
{
  g_autoptr(GPtrArray) employees = armms_hr_load_employees (work, /* ids= */ NULL, 0, error);

  if (employees == NULL)
    return FALSE;
  for (guint i = 0; i < employees->len; i++)
    add_touch (touches, &((const ArmmsEmployee *) g_ptr_array_index (employees, i))->employee_id, from, to);
  return TRUE;
}

static void
add_named (GArray *touches, JsonArray *ids, ArmmsDate from, ArmmsDate to)
{
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      const char *text = json_array_get_string_element (ids, i);
      ArmmsId id;

      if (text != NULL && armms_id_parse (text, &id))
        add_touch (touches, &id, from, to);
    }
}

/* First and last day of which anything is told at all: what lies outside has no lines that could change. */
typedef struct {
  ArmmsDate first, last;
} Horizon;

static gboolean
load_horizon (ArmmsWork *work, Horizon *ret_horizon, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "timekeeping/derive-horizon", /* params= */ NULL, error);

  if (rows == NULL)
    return FALSE;
  *ret_horizon = (Horizon) { armms_rows_date (rows, 0, "first_day"), armms_rows_date (rows, 0, "last_day") };
  return TRUE;
}

static gboolean
add_plan_change (ArmmsWork *work, const ArmmsEvent *event, const Horizon *horizon, GArray *touches, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *payload = parse_payload (event, parser, error);
  ArmmsDate from = horizon->first, to = horizon->last, told;
  JsonNode *ids;

  if (payload == NULL)
    return FALSE;
  if (read_date (payload, "from", &told))
    from.days = MAX (from.days, told.days);
  if (read_date (payload, "to", &told))
    to.days = MIN (to.days, told.days);
  /* A holiday on the first days that are told hangs on the days before them. */
  if (to.days < horizon->first.days && to.days + ARMMS_HOLIDAY_LOOK_BACK >= horizon->first.days)
    to = horizon->first;
  if (from.days > to.days)
    return TRUE;
  ids = json_object_get_member (payload, "employee_ids");
  if (ids != NULL && JSON_NODE_HOLDS_ARRAY (ids))
    {
      add_named (touches, json_node_get_array (ids), from, to);
      return TRUE;
    }
  return add_everybody (work, touches, from, to, error);
}

static gboolean
on_plans_changed (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  g_autoptr(GArray) touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch));
  ArmmsDeriveFigures figures = { 0 };
  Horizon horizon;

  if (!load_horizon (work, &horizon, error))
    return FALSE;
  if (armms_date_is_none (horizon.first))
    return TRUE;
  for (guint i = 0; i < events->len; i++)
    if (!add_plan_change (work, g_ptr_array_index ((GPtrArray *) events, i), &horizon, touches, error))
      return FALSE;
  return armms_derive_touched (work, touches, ARMMS_DERIVE_WRITE, &figures, error);
}

gboolean
armms_derive_link (ArmmsWork *work, const GPtrArray *employees, GArray *touches, GError **error)
{
  g_autoptr(GPtrArray) numbers = g_ptr_array_new ();
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(ArmmsRows) rows = NULL;
  guint n;

  for (guint i = 0; i < employees->len; i++)
    {
      const ArmmsEmployee *employee = g_ptr_array_index ((GPtrArray *) employees, i);

      g_ptr_array_add (numbers, employee->employee_no);
      g_array_append_val (ids, employee->employee_id);
    }
  rows = armms_work_query (work, "timekeeping/employee-links-put",
                           armms_params_ids (armms_params_texts (armms_params_new (), (const char *const *) numbers->pdata, numbers->len),
                                             (const ArmmsId *) (gpointer) ids->data, ids->len), error);
  if (rows == NULL)
    return FALSE;
  n = armms_rows_count (rows);
  for (guint i = 0; i < n; i++)
    {
      ArmmsTouch touch = { .employee_id = armms_rows_id (rows, i, "employee_id"), .at = armms_rows_instant (rows, i, "event_ts") };

      g_array_append_val (touches, touch);
    }
  return n == 0
         || armms_work_execute (work, "timekeeping/stray-anomalies-remove",
                                armms_params_texts (armms_params_new (), (const char *const *) numbers->pdata, numbers->len),
                                /* ret_count= */ NULL, error);
}

/* Devices may name an employee by his key: that is a number of his as well. */
void
armms_derive_add_keys (GPtrArray *employees)
{
  guint n = employees->len;

  for (guint i = 0; i < n; i++)
    {
      const ArmmsEmployee *employee = g_ptr_array_index (employees, i);
      ArmmsEmployee *by_key = armms_record_new (&armms_employee_type);

      by_key->employee_id = employee->employee_id;
      by_key->employee_no = armms_id_to_string (&employee->employee_id);
      g_ptr_array_add (employees, by_key);
    }
}

/* Events of his number that came before him are his: linked, and judged. */
static gboolean
on_employees_onboarded (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  g_autoptr(GPtrArray) employees = armms_records_new (&armms_employee_type);
  g_autoptr(GArray) touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch));
  ArmmsDeriveFigures figures = { 0 };

  for (guint i = 0; i < events->len; i++)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      JsonObject *payload = parse_payload (g_ptr_array_index ((GPtrArray *) events, i), parser, error);
      ArmmsEmployee *employee;
      const char *id;

      if (payload == NULL)
        return FALSE;
      employee = armms_record_new (&armms_employee_type);
      g_ptr_array_add (employees, employee);
      id = json_object_get_string_member_with_default (payload, "employee_id", "");
      employee->employee_no = g_strdup (json_object_get_string_member_with_default (payload, "employee_no", ""));
      if (!armms_id_parse (id, &employee->employee_id))
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "event.malformed", "an employee was onboarded without a key");
          return FALSE;
        }
    }
  armms_derive_add_keys (employees);
  return armms_derive_link (work, employees, touches, error) && armms_derive_touched (work, touches, ARMMS_DERIVE_WRITE, &figures, error);
}

/* Somebody who left, or came on another day, is judged again on all days that are told. */
static gboolean
on_employees_changed (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  g_autoptr(GArray) touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch));
  ArmmsDeriveFigures figures = { 0 };
  Horizon horizon;

  if (!load_horizon (work, &horizon, error))
    return FALSE;
  if (armms_date_is_none (horizon.first))
    return TRUE;
  for (guint i = 0; i < events->len; i++)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      JsonObject *payload = parse_payload (g_ptr_array_index ((GPtrArray *) events, i), parser, error);
      ArmmsId id;

      if (payload == NULL)
        return FALSE;
      if (armms_id_parse (json_object_get_string_member_with_default (payload, "employee_id", ""), &id))
        add_touch (touches, &id, horizon.first, horizon.last);
    }
  return armms_derive_touched (work, touches, ARMMS_DERIVE_WRITE, &figures, error);
}

#define ON_PLAN(short_name, event_name) \
  { .name = "timekeeping." short_name, .source_schema = "scheduling", .consumer_schema = "timekeeping", \
    .event = "armms.scheduling." event_name ".v1", .on_events = on_plans_changed }

const ArmmsSubscription armms_timekeeping_subscriptions[] = {
  ON_PLAN ("assignment-planned", "AssignmentPlanned"),
  ON_PLAN ("assignment-changed", "AssignmentChanged"),
  ON_PLAN ("reliever-assigned", "RelieverAssigned"),
  ON_PLAN ("reliever-released", "RelieverReleased"),
  ON_PLAN ("shift-instance-changed", "ShiftInstanceChanged"),
  ON_PLAN ("holiday-changed", "HolidayChanged"),
  ON_PLAN ("policy-changed", "AttendancePolicyChanged"),
  { .name = "timekeeping.working-time-changed", .source_schema = "timekeeping", .consumer_schema = "timekeeping",
    .event = ARMMS_EVENT_WORKING_TIME_CHANGED, .on_events = on_plans_changed },
  { .name = "timekeeping.employee-onboarded", .source_schema = "hr_core", .consumer_schema = "timekeeping",
    .event = "armms.hr.EmployeeOnboarded.v1", .on_events = on_employees_onboarded },
  { .name = "timekeeping.employee-changed", .source_schema = "hr_core", .consumer_schema = "timekeeping",
    .event = "armms.hr.EmployeeChanged.v1", .on_events = on_employees_changed },
  { 0 }
};
