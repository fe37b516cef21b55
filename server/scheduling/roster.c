/* The roster of a date: who stands where, who rests, who is relieved and by whom. */
#include "server/scheduling/scheduling-private.h"

static const ArmmsPlannedDuty *
find_own_duty (const GArray *duties, const ArmmsId *assignment)
{
  for (guint i = 0; i < duties->len; i++)
    {
      const ArmmsPlannedDuty *duty = &g_array_index (duties, ArmmsPlannedDuty, i);

      if (armms_id_equal (&duty->assignment_id, assignment))
        return duty;
    }
  return NULL;
}

static ArmmsRosterRow *
row_of_duty (const ArmmsPlannedDuty *duty)
{
  ArmmsRosterRow *row = armms_record_new (&armms_roster_row_type);

  row->duty_date = duty->duty_date;
  row->employee_id = duty->employee_id;
  row->detachment_id = duty->detachment_id;
  row->shift_id = duty->shift_id;
  row->position_id = duty->position_id;
  row->assignment_id = duty->assignment_id;
  row->relief_id = duty->relief_id;
  row->starts_at = duty->starts_at;
  row->ends_at = duty->ends_at;
  row->duty = g_strdup (armms_id_is_nil (&duty->relief_id) ? "POST" : "RELIEF");
  return row;
}

/* Posts without a duty: their people rest or are relieved; on a cancelled shift instance nobody stands at all. */
static ArmmsRosterRow *
row_of_idle_post (ArmmsRows *rows, guint i, ArmmsDate date)
{
  ArmmsRosterRow *row = armms_record_new (&armms_roster_row_type);
  guint rest_bits = 0;

  row->duty_date = date;
  row->employee_id = armms_rows_id (rows, i, "employee_id");
  row->detachment_id = armms_rows_id (rows, i, "detachment_id");
  row->shift_id = armms_rows_id (rows, i, "shift_id");
  row->position_id = armms_rows_id (rows, i, "position_id");
  row->assignment_id = armms_rows_id (rows, i, "assignment_id");
  if (!armms_weekdays_parse (armms_rows_text (rows, i, "rest_weekdays"), &rest_bits))
    rest_bits = 0;
  row->duty = g_strdup (rest_bits & ARMMS_WEEKDAY_BIT (armms_date_weekday (date)) ? "REST" : "RELIEVED");
  return row;
}

static gboolean
name_rows (ArmmsWork *work, GPtrArray *roster, GError **error)
{
  g_auto(ArmmsSchedulingNames) names = { 0 };
  g_autoptr(GArray) ids = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsId), roster->len);

  for (guint i = 0; i < roster->len; i++)
    g_array_append_val (ids, ((const ArmmsRosterRow *) roster->pdata[i])->employee_id);
  if (!armms_scheduling_names_load (&names, work, ids, error))
    return FALSE;
  for (guint i = 0; i < roster->len; i++)
    {
      ArmmsRosterRow *row = roster->pdata[i];

      armms_scheduling_name_employee (&names, &row->employee_id, &row->employee_no, &row->employee_name);
      armms_scheduling_name_post (&names, &row->detachment_id, &row->detachment_code, &row->shift_id, &row->shift_code,
                                  &row->position_id, &row->position_code);
      row->roster_key = g_strdup_printf ("%s|%s|%s|%s", row->detachment_code, row->shift_code, row->employee_no, row->duty);
    }
  return TRUE;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const ArmmsRosterRow *x = *(const ArmmsRosterRow *const *) a, *y = *(const ArmmsRosterRow *const *) b;
  int order = g_strcmp0 (x->roster_key, y->roster_key);

  return order != 0 ? order : (x->starts_at.us > y->starts_at.us) - (x->starts_at.us < y->starts_at.us);
}

static gboolean
is_wanted (const ArmmsId *wanted, const ArmmsId *detachment)
{
  return armms_id_is_nil (wanted) || armms_id_equal (wanted, detachment);
}

GPtrArray *
armms_scheduling_roster (ArmmsWork *work, const ArmmsZone *zone, ArmmsDate date, const ArmmsId *detachment, GError **error)
{
  g_autoptr(GPtrArray) roster = armms_records_new (&armms_roster_row_type);
  g_autoptr(GArray) duties = armms_scheduling_load_duties (work, zone, NULL, 0, date, date, /* ret_rest_days= */ NULL,
                                                           /* ret_relieved= */ NULL, error);
  g_autoptr(ArmmsRows) rows = NULL;

  if (duties == NULL)
    return NULL;
  rows = armms_work_query (work, "scheduling/assignments-between-all",
                           armms_params_date (armms_params_date (armms_params_new (), date), date), error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < duties->len; i++)
    {
      const ArmmsPlannedDuty *duty = &g_array_index (duties, ArmmsPlannedDuty, i);

      if (is_wanted (detachment, &duty->detachment_id))
        g_ptr_array_add (roster, row_of_duty (duty));
    }
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId assignment = armms_rows_id (rows, i, "assignment_id");
      ArmmsId place = armms_rows_id (rows, i, "detachment_id");

      if (is_wanted (detachment, &place) && find_own_duty (duties, &assignment) == NULL)
        g_ptr_array_add (roster, row_of_idle_post (rows, i, date));
    }
  if (!name_rows (work, roster, error))
    return NULL;
  g_ptr_array_sort (roster, compare_rows);
  return g_steal_pointer (&roster);
}
