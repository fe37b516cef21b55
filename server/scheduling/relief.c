/* Relief: who stands in for whom, and what must be true for it. */
#include "server/scheduling/scheduling-private.h"

#include "server/approvals/approvals.h"

#include <string.h>

#define COLUMNS(...) (const char *const[]) { __VA_ARGS__, NULL }

static GArray *
employees_of (const GPtrArray *reliefs)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsId), 2 * reliefs->len);

  for (guint i = 0; i < reliefs->len; i++)
    {
      const ArmmsReliever *relief = reliefs->pdata[i];

      g_array_append_val (ids, relief->reliever_id);
      if (!armms_id_is_nil (&relief->relieved_id))
        g_array_append_val (ids, relief->relieved_id);
    }
  return ids;
}

static gboolean
complete_relievers (ArmmsWork *work, GPtrArray *reliefs, GError **error)
{
  g_auto(ArmmsSchedulingNames) names = { 0 };
  g_autoptr(GArray) ids = employees_of (reliefs);

  if (!armms_scheduling_names_load (&names, work, ids, error))
    return FALSE;
  for (guint i = 0; i < reliefs->len; i++)
    {
      ArmmsReliever *r = reliefs->pdata[i];

      armms_scheduling_name_employee (&names, &r->reliever_id, &r->reliever_no, &r->reliever_name);
      armms_scheduling_name_employee (&names, &r->relieved_id, &r->relieved_no, &r->relieved_name);
      armms_scheduling_name_post (&names, &r->detachment_id, &r->detachment_code, &r->shift_id, &r->shift_code, NULL, NULL);
    }
  return TRUE;
}

static gboolean
check_relief (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  armms_resource_default (&((ArmmsReliever *) record)->status, "ASSIGNED");
  return TRUE;
}

static gboolean
tell_relievers (ArmmsWork *work, gconstpointer before, const GPtrArray *reliefs, GError **error)
{
  g_autoptr(GPtrArray) events = armms_scheduling_events_new ();
  const ArmmsReliever *was = before;

  for (guint i = 0; i < reliefs->len; i++)
    {
      const ArmmsReliever *r = reliefs->pdata[i];
      const ArmmsId concerned[] = { r->reliever_id, r->relieved_id };
      gboolean assigned = strcmp (r->status, "ASSIGNED") == 0;

      /* what waits for approval, or is rejected, changes nobody's duty */
      if (!assigned && strcmp (r->status, "RELEASED") != 0)
        continue;
      g_ptr_array_add (events, armms_scheduling_event (assigned ? "armms.scheduling.RelieverAssigned.v1" : "armms.scheduling.RelieverReleased.v1",
                                                       &armms_reliever_type, r, &r->relief_id, was != NULL ? was->version + 1 : 1,
                                                       concerned, G_N_ELEMENTS (concerned), r->duty_date, r->duty_date));
    }
  return armms_scheduling_tell (work, events, error);
}

const ArmmsResource armms_scheduling_relievers = {
  .type = &armms_reliever_type, .what = "relief", .id_field = "relief_id", .default_sort = "duty_date",
  .page = "scheduling/relievers-page", .one = "scheduling/relievers-one",
  .insert = "scheduling/relievers-insert", .change = "scheduling/relievers-change",
  .columns = COLUMNS ("shift_instance_id", "duty_date", "detachment_id", "shift_id", "position_id", "reliever_id", "relieved_id",
                      "starts_at", "ends_at", "reason", "note", "status", "after_the_fact"),
  .change_columns = COLUMNS ("status"),
  .check = check_relief, .complete = complete_relievers, .stored = tell_relievers,
};

static gboolean
is_employed_on (const ArmmsEmployee *employee, ArmmsDate date)
{
  return employee->hired_on.days <= date.days
         && (armms_date_is_none (employee->separated_on) || employee->separated_on.days >= date.days);
}

static gboolean
check_people (ArmmsWork *work, const ArmmsReliever *relief, GError **error)
{
  const ArmmsId ids[] = { relief->reliever_id, relief->relieved_id };
  gboolean two = !armms_id_is_nil (&relief->relieved_id);
  g_autoptr(GPtrArray) employees = armms_hr_load_employees (work, ids, two ? 2 : 1, error);
  g_autoptr(GError) wrong = NULL;
  const ArmmsEmployee *reliever;

  if (employees == NULL)
    return FALSE;
  reliever = armms_hr_find_employee (employees, &relief->reliever_id);
  if (reliever == NULL)
    armms_error_add_field (&wrong, "reliever_id", "unknown_reference", "is not known");
  else if (!is_employed_on (reliever, relief->duty_date))
    armms_error_add_field (&wrong, "reliever_id", "not_employed", "is not employed on that date");
  if (two && armms_hr_find_employee (employees, &relief->relieved_id) == NULL)
    armms_error_add_field (&wrong, "relieved_id", "unknown_reference", "is not known");
  else if (two && armms_id_equal (&relief->relieved_id, &relief->reliever_id))
    armms_error_add_field (&wrong, "relieved_id", "out_of_range", "must be somebody else than the reliever");
  if (wrong == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

/* The relieved one must have a post there on that date; on his rest day (REST_DAY) his post stands without a duty of his. */
static gboolean
find_post (ArmmsWork *work, ArmmsReliever *relief, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_ids (armms_params_new (), &relief->relieved_id, 1);

  rows = armms_work_query (work, "scheduling/assignments-between",
                           armms_params_date (armms_params_date (params, relief->duty_date), relief->duty_date), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId detachment = armms_rows_id (rows, i, "detachment_id");
      ArmmsId shift = armms_rows_id (rows, i, "shift_id");

      if (!armms_id_equal (&detachment, &relief->detachment_id) || !armms_id_equal (&shift, &relief->shift_id))
        continue;
      if (armms_id_is_nil (&relief->position_id))
        relief->position_id = armms_rows_id (rows, i, "position_id");
      return TRUE;
    }
  armms_error_add_field (error, "relieved_id", "not_planned", "has no post on this shift instance");
  return FALSE;
}

static gboolean
check_position (ArmmsWork *work, const ArmmsReliever *relief, GError **error)
{
  g_autoptr(GPtrArray) positions = NULL;

  if (armms_id_is_nil (&relief->position_id))
    {
      armms_error_add_field (error, "position_id", "required", "must be there when nobody is relieved");
      return FALSE;
    }
  positions = armms_hr_load_positions (work, error);
  if (positions == NULL)
    return FALSE;
  if (armms_hr_find_position (positions, &relief->position_id) != NULL)
    return TRUE;
  armms_error_add_field (error, "position_id", "unknown_reference", "is not known");
  return FALSE;
}

/* From and to default to the shift's, and lie within it. */
static gboolean
fit_into_shift (ArmmsReliever *relief, const ArmmsZone *zone, const GPtrArray *shifts, GError **error)
{
  const ArmmsShift *shift = armms_hr_find_shift (shifts, &relief->shift_id);
  ArmmsInstant starts_at, ends_at;

  if (shift == NULL)
    {
      armms_error_add_field (error, "shift_id", "unknown_reference", "is not known");
      return FALSE;
    }
  starts_at = armms_zone_instant (zone, relief->duty_date, shift->start_minute.count);
  ends_at = armms_zone_instant (zone, relief->duty_date, shift->end_minute.count);
  if (armms_instant_is_none (relief->starts_at))
    relief->starts_at = starts_at;
  if (armms_instant_is_none (relief->ends_at))
    relief->ends_at = ends_at;
  if (relief->starts_at.us < starts_at.us || relief->ends_at.us > ends_at.us || relief->starts_at.us >= relief->ends_at.us)
    {
      armms_error_add_field (error, "starts_at", "out_of_range", "from and to must lie within the shift");
      return FALSE;
    }
  return TRUE;
}

/* Nobody stands at two posts at once: own duties of the day and of the days beside it. */
static gboolean
check_free (ArmmsWork *work, const ArmmsReliever *relief, const ArmmsZone *zone, GError **error)
{
  g_autoptr(GArray) duties = NULL;

  duties = armms_scheduling_load_duties (work, zone, &relief->reliever_id, 1, armms_date_add_days (relief->duty_date, -1),
                                         armms_date_add_days (relief->duty_date, 1), /* ret_rest_days= */ NULL,
                                         /* ret_relieved= */ NULL, error);
  if (duties == NULL)
    return FALSE;
  for (guint i = 0; i < duties->len; i++)
    {
      const ArmmsPlannedDuty *duty = &g_array_index (duties, ArmmsPlannedDuty, i);

      if (duty->starts_at.us >= relief->ends_at.us || duty->ends_at.us <= relief->starts_at.us)
        continue;
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "relief.overlaps", "cannot assign the reliever: another duty of his runs at that time");
      return FALSE;
    }
  return TRUE;
}

/* A relief as it will be stored. (transfer full) */
static ArmmsReliever *
prepare (ArmmsWork *work, const ArmmsShiftInstance *instance, const ArmmsReliever *wanted)
{
  ArmmsReliever *relief = armms_record_copy (&armms_reliever_type, wanted);

  relief->relief_id = armms_id_new ();
  relief->shift_instance_id = instance->shift_instance_id;
  relief->duty_date = instance->duty_date;
  relief->detachment_id = instance->detachment_id;
  relief->shift_id = instance->shift_id;
  return relief;
}

static gboolean
ask_for_approval (ArmmsWork *work, const ArmmsReliever *relief, GError **error)
{
  g_autoptr(GString) change = g_string_new ("{\"before\":null,\"after\":");

  armms_record_append_json (&armms_reliever_type, relief, /* scopes= */ NULL, change);
  g_string_append_c (change, '}');
  return armms_approvals_request (work, ARMMS_SCHEDULING_RELIEF_SUBJECT, &relief->relief_id, change->str,
                                  relief->note != NULL ? relief->note : relief->reason, /* ret_id= */ NULL, error);
}

static gboolean
store_relief (ArmmsWork *work, GPtrArray *one, const ArmmsZone *zone, GError **error)
{
  ArmmsReliever *relief = one->pdata[0];
  g_autoptr(GPtrArray) shifts = armms_hr_load_shifts (work, error);

  if (shifts == NULL || !fit_into_shift (relief, zone, shifts, error) || !check_people (work, relief, error)
      || (!armms_id_is_nil (&relief->relieved_id) && !find_post (work, relief, error))
      || !check_position (work, relief, error) || !check_free (work, relief, zone, error))
    return FALSE;
  relief->after_the_fact = relief->starts_at.us <= armms_work_get_now (work).us;
  if (!relief->after_the_fact)
    return armms_resource_insert (&armms_scheduling_relievers, work, one, error);
  relief->status = g_strdup ("REQUESTED");
  return armms_resource_insert (&armms_scheduling_relievers, work, one, error) && ask_for_approval (work, relief, error);
}

ArmmsReliever *
armms_scheduling_assign_reliever (ArmmsWork *work, const ArmmsId *shift_instance_id, const ArmmsReliever *wanted, GError **error)
{
  g_autoptr(GPtrArray) one = armms_records_new (&armms_reliever_type);
  g_autoptr(ArmmsZone) zone = armms_scheduling_zone (work, error);
  ArmmsShiftInstance *instance;
  gboolean cancelled;

  if (zone == NULL)
    return NULL;
  instance = armms_resource_load (&armms_scheduling_instances, work, shift_instance_id, error);
  if (instance == NULL)
    return NULL;
  cancelled = strcmp (instance->status, "CANCELLED") == 0;
  g_ptr_array_add (one, prepare (work, instance, wanted));
  armms_record_free (&armms_shift_instance_type, instance);
  if (cancelled)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "shift_instance.cancelled", "cannot assign a reliever: the shift instance is cancelled");
      return NULL;
    }
  if (!store_relief (work, one, zone, error))
    return NULL;
  return armms_resource_load (&armms_scheduling_relievers, work, &((ArmmsReliever *) one->pdata[0])->relief_id, error);
}

/* From one status to another; RelieverAssigned or RelieverReleased is told where anybody's duty changes. */
static gboolean
move_relief (ArmmsWork *work, const ArmmsId *relief_id, const char *from, const char *to, GError **error)
{
  g_autoptr(GPtrArray) two = armms_records_new (&armms_reliever_type);
  ArmmsReliever *before = armms_resource_load (&armms_scheduling_relievers, work, relief_id, error);
  ArmmsReliever *after;

  if (before == NULL)
    return FALSE;
  g_ptr_array_add (two, before);
  if (strcmp (before->status, from) != 0)
    {
      g_autofree char *code = g_ascii_strdown (before->status, -1);
      g_autofree char *full = g_strconcat ("relief.", code, NULL);

      armms_error_set (error, ARMMS_ERROR_CONFLICT, full, "cannot change the relief: it is %s, not %s", before->status, from);
      return FALSE;
    }
  after = armms_record_copy (&armms_reliever_type, before);
  g_ptr_array_add (two, after);
  g_free (after->status);
  after->status = g_strdup (to);
  return armms_resource_store (&armms_scheduling_relievers, work, before, after, before->version, error);
}

ArmmsReliever *
armms_scheduling_release_reliever (ArmmsWork *work, const ArmmsId *relief_id, GError **error)
{
  if (!move_relief (work, relief_id, "ASSIGNED", "RELEASED", error))
    return NULL;
  return armms_resource_load (&armms_scheduling_relievers, work, relief_id, error);
}

/* Meanwhile the reliever may have been put elsewhere: then the table's own exclusion refuses, and the approval with it. */
gboolean
armms_scheduling_on_relief_approved (ArmmsWork *work, const ArmmsId *relief_id, const char *change_json, GError **error)
{
  return move_relief (work, relief_id, "REQUESTED", "ASSIGNED", error);
}

gboolean
armms_scheduling_on_relief_rejected (ArmmsWork *work, const ArmmsId *relief_id, const char *change_json, const char *reason, GError **error)
{
  return move_relief (work, relief_id, "REQUESTED", "REJECTED", error);
}

/* The shift instances of a set of reliefs, made where they are missing. */
static gboolean
find_instances (ArmmsWork *work, const GPtrArray *reliefs, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  guint n = reliefs->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autofree gint64 *heads = g_new (gint64, n);
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < n; i++)
    {
      ids[i] = armms_id_new ();
      heads[i] = 1;
    }
  armms_params_ids (params, ids, n);
  armms_params_columns (params, &armms_reliever_type, reliefs, "duty_date", "detachment_id", "shift_id", NULL);
  if (!armms_work_execute (work, "scheduling/instances-make", armms_params_integers (params, heads, n), /* ret_count= */ NULL, error))
    return FALSE;
  params = armms_params_columns (armms_params_new (), &armms_reliever_type, reliefs, "duty_date", "detachment_id", "shift_id", NULL);
  rows = armms_work_query (work, "scheduling/instances-of", params, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsReliever *relief = reliefs->pdata[armms_rows_integer (rows, i, "n") - 1];

      relief->shift_instance_id = armms_rows_id (rows, i, "shift_instance_id");
    }
  return TRUE;
}

gboolean
armms_scheduling_insert_relievers (ArmmsWork *work, const ArmmsZone *zone, const GPtrArray *relievers, GError **error)
{
  g_autoptr(GPtrArray) shifts = NULL;
  gint64 now = armms_work_get_now (work).us;

  if (relievers->len == 0)
    return TRUE;
  shifts = armms_hr_load_shifts (work, error);
  if (shifts == NULL)
    return FALSE;
  for (guint i = 0; i < relievers->len; i++)
    {
      ArmmsReliever *relief = relievers->pdata[i];

      if (!fit_into_shift (relief, zone, shifts, error))
        return FALSE;
      relief->after_the_fact = relief->after_the_fact || relief->starts_at.us <= now;
    }
  return find_instances (work, relievers, error) && armms_resource_insert (&armms_scheduling_relievers, work, relievers, error);
}
