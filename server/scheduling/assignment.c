/* Assignments: who is posted where, checked against what hr knows. */
#include "server/scheduling/scheduling-private.h"

#define COLUMNS(...) (const char *const[]) { __VA_ARGS__, NULL }
#define WORDS_MAX 1000 /* employees that the words of a search may fit */

/* Rest days in the order of the week, each once. */
static gboolean
check_rest_weekdays (ArmmsAssignment *assignment, GError **error)
{
  guint bits;

  if (!armms_weekdays_parse (assignment->rest_weekdays, &bits))
    {
      armms_error_add_field (error, "rest_weekdays", "bad_format", "must be days like SUN or SAT,SUN, each once");
      return FALSE;
    }
  g_free (assignment->rest_weekdays);
  assignment->rest_weekdays = armms_weekdays_to_string (bits);
  return TRUE;
}

static gboolean
check_assignment (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsAssignment *assignment = record;
  const ArmmsAssignment *was = before;

  if (!check_rest_weekdays (assignment, error))
    return FALSE;
  if (!armms_date_is_none (assignment->valid_to) && assignment->valid_to.days < assignment->valid_from.days)
    {
      armms_error_add_field (error, "valid_to", "out_of_range", "must not be before the first day");
      return FALSE;
    }
  if (was != NULL && !armms_id_equal (&was->employee_id, &assignment->employee_id))
    {
      armms_error_add_field (error, "employee_id", "fixed", "never changes: end this assignment and make another");
      return FALSE;
    }
  return TRUE;
}

static GArray *
employees_of (const GPtrArray *assignments)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsId), assignments->len);

  for (guint i = 0; i < assignments->len; i++)
    g_array_append_val (ids, ((const ArmmsAssignment *) assignments->pdata[i])->employee_id);
  return ids;
}

static gboolean
require (gconstpointer found, const char *field, guint i, guint n, GError **error)
{
  g_autofree char *path = NULL;

  if (found != NULL)
    return TRUE;
  path = n == 1 ? g_strdup (field) : g_strdup_printf ("[%u].%s", i, field);
  armms_error_add_field (error, path, "unknown_reference", "is not known");
  return FALSE;
}

static gboolean
check_references (ArmmsWork *work, const GPtrArray *assignments, GError **error)
{
  g_auto(ArmmsSchedulingNames) names = { 0 };
  g_autoptr(GArray) ids = employees_of (assignments);
  g_autoptr(GError) wrong = NULL;

  if (!armms_scheduling_names_load (&names, work, ids, error))
    return FALSE;
  for (guint i = 0; i < assignments->len; i++)
    {
      const ArmmsAssignment *a = assignments->pdata[i];
      guint n = assignments->len;

      require (armms_hr_find_employee (names.employees, &a->employee_id), "employee_id", i, n, &wrong);
      require (armms_hr_find_detachment (names.detachments, &a->detachment_id), "detachment_id", i, n, &wrong);
      require (armms_hr_find_shift (names.shifts, &a->shift_id), "shift_id", i, n, &wrong);
      require (armms_hr_find_position (names.positions, &a->position_id), "position_id", i, n, &wrong);
    }
  if (wrong == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

static gboolean
complete_assignments (ArmmsWork *work, GPtrArray *assignments, GError **error)
{
  g_auto(ArmmsSchedulingNames) names = { 0 };
  g_autoptr(GArray) ids = employees_of (assignments);

  if (!armms_scheduling_names_load (&names, work, ids, error))
    return FALSE;
  for (guint i = 0; i < assignments->len; i++)
    {
      ArmmsAssignment *a = assignments->pdata[i];

      armms_scheduling_name_employee (&names, &a->employee_id, &a->employee_no, &a->employee_name);
      armms_scheduling_name_post (&names, &a->detachment_id, &a->detachment_code, &a->shift_id, &a->shift_code,
                                  &a->position_id, &a->position_code);
    }
  return TRUE;
}

static ArmmsDate
later (ArmmsDate a, ArmmsDate b)
{
  if (armms_date_is_none (a) || armms_date_is_none (b))
    return ARMMS_DATE_NONE; /* open */
  return a.days > b.days ? a : b;
}

static gboolean
tell_assignments (ArmmsWork *work, gconstpointer before, const GPtrArray *assignments, GError **error)
{
  g_autoptr(GPtrArray) events = armms_scheduling_events_new ();
  const ArmmsAssignment *was = before;

  for (guint i = 0; i < assignments->len; i++)
    {
      const ArmmsAssignment *a = assignments->pdata[i];
      ArmmsDate from = a->valid_from, to = a->valid_to;

      if (was != NULL)
        {
          from = from.days < was->valid_from.days ? from : was->valid_from;
          to = later (to, was->valid_to);
        }
      g_ptr_array_add (events, armms_scheduling_event (was != NULL ? "armms.scheduling.AssignmentChanged.v1" : "armms.scheduling.AssignmentPlanned.v1",
                                                       &armms_assignment_type, a, &a->assignment_id, was != NULL ? was->version + 1 : 1,
                                                       &a->employee_id, 1, from, to));
    }
  return armms_scheduling_tell (work, events, error);
}

/* The words of a search are looked up where names are kept. */
static gboolean
filter_assignments (ArmmsRequest *request, ArmmsParams *params, GError **error)
{
  const char *words = armms_request_get_page (request)->q;
  g_autoptr(GArray) ids = NULL;

  if (words == NULL)
    {
      armms_params_ids (params, NULL, 0);
      return TRUE;
    }
  ids = armms_hr_search_employees (armms_request_get_work (request), words, WORDS_MAX, error);
  if (ids == NULL)
    return FALSE;
  armms_params_ids (params, (const ArmmsId *) (gpointer) ids->data, ids->len);
  return TRUE;
}

const ArmmsResource armms_scheduling_assignments = {
  .type = &armms_assignment_type, .what = "assignment", .path = "/v1/assignments", .id_field = "assignment_id", .default_sort = "valid_from",
  .page = "scheduling/assignments-page", .one = "scheduling/assignments-one",
  .insert = "scheduling/assignments-insert", .change = "scheduling/assignments-change",
  .filters = COLUMNS ("employee_id", "detachment_id", "shift_id", "position_id", "on"),
  .columns = COLUMNS ("employee_id", "detachment_id", "shift_id", "position_id", "valid_from", "valid_to", "rest_weekdays", "note"),
  .check = check_assignment, .check_set = check_references, .filter = filter_assignments, .complete = complete_assignments,
  .stored = tell_assignments,
};

gboolean
armms_scheduling_insert_assignments (ArmmsWork *work, const GPtrArray *assignments, GError **error)
{
  return armms_resource_insert (&armms_scheduling_assignments, work, assignments, error);
}
