/* Shift instances: made from what assignments want, counted against what is planned. */
#include "server/scheduling/scheduling-private.h"

#include <string.h>

#define COLUMNS(...) (const char *const[]) { __VA_ARGS__, NULL }

static gboolean
check_instance (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsShiftInstance *instance = record;
  const ArmmsShiftInstance *was = before;

  armms_resource_default (&instance->status, "PLANNED");
  if (was != NULL && (was->duty_date.days != instance->duty_date.days || !armms_id_equal (&was->detachment_id, &instance->detachment_id)
                      || !armms_id_equal (&was->shift_id, &instance->shift_id)))
    {
      armms_error_add_field (error, "duty_date", "fixed", "date, detachment and shift never change: cancel it and make another");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_places (ArmmsWork *work, const GPtrArray *instances, GError **error)
{
  g_auto(ArmmsSchedulingNames) names = { 0 };
  g_autoptr(GArray) nobody = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GError) wrong = NULL;

  if (!armms_scheduling_names_load (&names, work, nobody, error))
    return FALSE;
  for (guint i = 0; i < instances->len; i++)
    {
      const ArmmsShiftInstance *instance = instances->pdata[i];

      if (armms_hr_find_detachment (names.detachments, &instance->detachment_id) == NULL)
        armms_error_add_field (&wrong, "detachment_id", "unknown_reference", "is not known");
      if (armms_hr_find_shift (names.shifts, &instance->shift_id) == NULL)
        armms_error_add_field (&wrong, "shift_id", "unknown_reference", "is not known");
    }
  if (wrong == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

/* How many stand on an instance, and how many of its own are relieved on it. */
static void
count_heads (ArmmsShiftInstance *instance, const GArray *duties)
{
  g_autoptr(GHashTable) heads = g_hash_table_new (armms_id_hash, armms_id_equal_func);

  for (guint i = 0; i < duties->len; i++)
    {
      const ArmmsPlannedDuty *duty = &g_array_index (duties, ArmmsPlannedDuty, i);

      /* somebody relieved for a part of it stands there twice, but is one head */
      if (duty->duty_date.days == instance->duty_date.days && armms_id_equal (&duty->detachment_id, &instance->detachment_id)
          && armms_id_equal (&duty->shift_id, &instance->shift_id))
        g_hash_table_add (heads, (gpointer) &duty->employee_id);
    }
  instance->planned = g_hash_table_size (heads);
}

static void
count_relieved (ArmmsShiftInstance *instance, const GPtrArray *reliefs)
{
  for (guint i = 0; i < reliefs->len; i++)
    {
      const ArmmsReliever *relief = reliefs->pdata[i];

      instance->relieved += armms_id_equal (&relief->shift_instance_id, &instance->shift_instance_id)
                            && !armms_id_is_nil (&relief->relieved_id);
    }
}

static gboolean
complete_instances (ArmmsWork *work, GPtrArray *instances, GError **error)
{
  g_auto(ArmmsSchedulingNames) names = { 0 };
  g_autoptr(GArray) nobody = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(ArmmsZone) zone = armms_scheduling_zone (work, error);
  g_autoptr(GArray) duties = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) reliefs = NULL;
  ArmmsDate from = ((ArmmsShiftInstance *) instances->pdata[0])->duty_date, to = from;

  for (guint i = 1; i < instances->len; i++)
    {
      ArmmsDate date = ((ArmmsShiftInstance *) instances->pdata[i])->duty_date;

      from = date.days < from.days ? date : from;
      to = date.days > to.days ? date : to;
    }
  if (zone == NULL || !armms_scheduling_names_load (&names, work, nobody, error)
      || (duties = armms_scheduling_load_duties (work, zone, NULL, 0, from, to, /* ret_rest_days= */ NULL,
                                                /* ret_relieved= */ NULL, error)) == NULL
      || (rows = armms_work_query (work, "scheduling/reliefs-between",
                                   armms_params_date (armms_params_date (armms_params_new (), from), to), error)) == NULL)
    return FALSE;
  reliefs = armms_rows_records (rows, &armms_reliever_type);
  for (guint i = 0; i < instances->len; i++)
    {
      ArmmsShiftInstance *instance = instances->pdata[i];

      armms_scheduling_name_post (&names, &instance->detachment_id, &instance->detachment_code, &instance->shift_id, &instance->shift_code,
                                  NULL, NULL);
      count_heads (instance, duties);
      count_relieved (instance, reliefs);
    }
  return TRUE;
}

/* Only a cancellation, or its taking back, changes anybody's duty; the heads wanted do not. */
static gboolean
tell_instances (ArmmsWork *work, gconstpointer before, const GPtrArray *instances, GError **error)
{
  g_autoptr(GPtrArray) events = armms_scheduling_events_new ();
  const ArmmsShiftInstance *was = before;

  for (guint i = 0; i < instances->len; i++)
    {
      const ArmmsShiftInstance *instance = instances->pdata[i];
      const char *status = was != NULL ? was->status : "PLANNED";

      if (strcmp (status, instance->status) != 0)
        g_ptr_array_add (events, armms_scheduling_event ("armms.scheduling.ShiftInstanceChanged.v1", &armms_shift_instance_type, instance,
                                                         &instance->shift_instance_id, was != NULL ? was->version + 1 : 1, NULL, 0,
                                                         instance->duty_date, instance->duty_date));
    }
  return armms_scheduling_tell (work, events, error);
}

const ArmmsResource armms_scheduling_instances = {
  .type = &armms_shift_instance_type, .what = "shift_instance", .path = "/v1/shift-instances", .id_field = "shift_instance_id",
  .default_sort = "duty_date",
  .page = "scheduling/instances-page", .one = "scheduling/instances-one",
  .insert = "scheduling/instances-insert", .change = "scheduling/instances-change",
  .filters = COLUMNS ("detachment_id", "shift_id", "status", "from", "to"),
  .columns = COLUMNS ("duty_date", "detachment_id", "shift_id", "headcount", "status", "note"),
  .change_columns = COLUMNS ("headcount", "status", "note"),
  .check = check_instance, .check_set = check_places, .complete = complete_instances, .stored = tell_instances,
};

gboolean
armms_scheduling_plan_instances (ArmmsWork *work, ArmmsDate from, ArmmsDate to, gint64 *ret_made, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) instances = NULL;
  ArmmsParams *params;

  rows = armms_work_query (work, "scheduling/instances-wanted", armms_params_date (armms_params_date (armms_params_new (), from), to), error);
  if (rows == NULL)
    return FALSE;
  instances = armms_rows_records (rows, &armms_shift_instance_type);
  *ret_made = 0;
  if (instances->len == 0)
    return TRUE;
  for (guint i = 0; i < instances->len; i++)
    ((ArmmsShiftInstance *) instances->pdata[i])->shift_instance_id = armms_id_new ();
  params = armms_params_columns (armms_params_new (), &armms_shift_instance_type, instances, "shift_instance_id", "duty_date", "detachment_id",
                                 "shift_id", "headcount", NULL);
  return armms_work_execute (work, "scheduling/instances-make", params, ret_made, error);
}
