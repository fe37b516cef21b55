#include "server/timekeeping/derive/derive-private.h"

#include "server/hr/hr.h"
#include "server/rules/time/match.h"
#include "server/timekeeping/timekeeping.h"

#include <stdlib.h>
#include <string.h>

/* ---- calendar and policies -------------------------------------------------------------------------------------- */

static ArmmsTimeRounding
rounding_from_text (const char *text)
{
  return text == NULL || g_str_equal (text, "NONE") ? ARMMS_ROUND_TIME_NONE : g_str_equal (text, "NEAREST") ? ARMMS_ROUND_TIME_NEAREST
         : g_str_equal (text, "INWARD") ? ARMMS_ROUND_TIME_INWARD : ARMMS_ROUND_TIME_OUTWARD;
}

static ArmmsTimePolicy *
time_policy_new (const ArmmsPass *pass, const ArmmsWorkingTime *law, const ArmmsAttendancePolicy *policy)
{
  ArmmsTimePolicy *rules = g_new (ArmmsTimePolicy, 1);

  *rules = (ArmmsTimePolicy) {
    .early_margin = policy->early_margin_minutes.count,
    .late_margin = policy->late_margin_minutes.count,
    .duplicate_window = policy->duplicate_window_minutes.count,
    .rounding_step = policy->rounding_step_minutes.count,
    .rounding = rounding_from_text (policy->rounding),
    .longest_duty = policy->longest_duty_minutes.count,
    .skew_tolerance = policy->skew_tolerance_minutes.count,
    .pay_before_start = policy->pay_before_start,
    .pay_after_end = policy->pay_after_end,
    .day_type_of_duty = policy->day_type_of_duty || pass->settings->day_type_of_duty,
    .regular_minutes = policy->regular_minutes.count,
    .night_from = policy->night_from_minute.count,
    .night_to = policy->night_to_minute.count,
  };
  armms_working_time_apply (law, rules);
  return rules;
}

static void
law_policies_free (gpointer data)
{
  ArmmsLawPolicies *policies = data;

  g_hash_table_unref (policies->by_id);
  g_free (policies);
}

static void
add_policies_under (ArmmsPass *pass, const ArmmsWorkingTime *law)
{
  ArmmsLawPolicies *under = g_new (ArmmsLawPolicies, 1);

  under->fallback = armms_time_policy_default;
  under->fallback.day_type_of_duty = pass->settings->day_type_of_duty;
  armms_working_time_apply (law, &under->fallback);
  under->by_id = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, /* key_destroy= */ NULL, g_free);
  for (guint i = 0; i < pass->policies->len; i++)
    {
      ArmmsAttendancePolicy *policy = g_ptr_array_index (pass->policies, i);

      g_hash_table_insert (under->by_id, &policy->policy_id, time_policy_new (pass, law, policy));
    }
  g_ptr_array_add (pass->time_policies, under);
}

ArmmsWorkingTimeTable
armms_pass_law (const ArmmsPass *pass)
{
  return (ArmmsWorkingTimeTable) { (const ArmmsWorkingTime *) (gpointer) pass->working_times->data, pass->working_times->len };
}

/* No day of the span is without its law: what is judged later finds it. */
static gboolean
load_law (ArmmsPass *pass, ArmmsDate from, ArmmsDate to, GError **error)
{
  ArmmsWorkingTimeTable law;

  pass->working_times = armms_timekeeping_load_working_times (pass->work, error);
  if (pass->working_times == NULL)
    return FALSE;
  law = armms_pass_law (pass);
  for (ArmmsDate date = from; date.days <= to.days;)
    {
      const ArmmsWorkingTime *row = armms_working_time_find (&law, date, error);

      if (row == NULL)
        return FALSE;
      date = armms_date_is_none (row->to) ? armms_date_add_days (to, 1) : armms_date_add_days (row->to, 1);
    }
  for (gsize i = 0; i < law.n_rows; i++)
    add_policies_under (pass, &law.rows[i]);
  return TRUE;
}

static void
calendar_free (gpointer data)
{
  ArmmsCalendar *calendar = data;

  g_free ((gpointer) calendar->day_types);
  g_free (calendar);
}

gboolean
armms_pass_load_calendar (ArmmsPass *pass, ArmmsDate from, ArmmsDate to, GError **error)
{
  pass->calendar_from = from;
  pass->calendar_days = (guint) (to.days - from.days + 1);
  pass->calendars = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, calendar_free);
  pass->time_policies = g_ptr_array_new_with_free_func (law_policies_free);
  pass->holidays = armms_scheduling_load_holidays (pass->work, from, to, error);
  if (pass->holidays == NULL)
    return FALSE;
  pass->policies = armms_scheduling_load_policies (pass->work, from, to, error);
  if (pass->policies == NULL)
    return FALSE;
  pass->detachments = armms_hr_load_detachments (pass->work, error);
  return pass->detachments != NULL && load_law (pass, from, to, error);
}

const ArmmsCalendar *
armms_pass_calendar_of (ArmmsPass *pass, const ArmmsId *detachment_id)
{
  ArmmsCalendar *calendar = g_hash_table_lookup (pass->calendars, detachment_id);
  const ArmmsDetachment *detachment;
  guint8 *day_types;

  if (calendar != NULL)
    return calendar;
  detachment = armms_hr_find_detachment (pass->detachments, detachment_id);
  day_types = g_new0 (guint8, pass->calendar_days);
  for (guint i = 0; i < pass->holidays->len; i++)
    {
      const ArmmsHoliday *holiday = g_ptr_array_index (pass->holidays, i);
      gint64 offset = (gint64) holiday->on_date.days - pass->calendar_from.days;
      ArmmsDayType type;

      if (offset < 0 || offset >= pass->calendar_days || !armms_day_type_parse (holiday->day_type, &type)
          || !armms_holiday_applies (holiday, detachment != NULL ? detachment->region : NULL, detachment != NULL ? detachment->city : NULL))
        continue;
      day_types[offset] = (guint8) armms_day_type_join (pass->settings->holiday_clash, (ArmmsDayType) day_types[offset], type);
    }
  calendar = g_new (ArmmsCalendar, 1);
  *calendar = (ArmmsCalendar) { pass->calendar_from, pass->calendar_days, day_types };
  g_hash_table_insert (pass->calendars, g_memdup2 (detachment_id, sizeof *detachment_id), calendar);
  return calendar;
}

/* With the law of @date in it: load_law() has seen that there is one. */
static const ArmmsTimePolicy *
policy_of (ArmmsPass *pass, const ArmmsId *policy_id, ArmmsDate date)
{
  ArmmsWorkingTimeTable table = armms_pass_law (pass);
  const ArmmsWorkingTime *law = armms_working_time_find (&table, date, /* error= */ NULL);
  const ArmmsTimePolicy *policy;
  ArmmsLawPolicies *under;

  g_assert (law != NULL);
  under = g_ptr_array_index (pass->time_policies, law - table.rows);
  policy = armms_id_is_nil (policy_id) ? NULL : g_hash_table_lookup (under->by_id, policy_id);
  return policy != NULL ? policy : &under->fallback;
}

const ArmmsTimePolicy *
armms_pass_policy_on (ArmmsPass *pass, ArmmsDate date)
{
  const ArmmsId nobody = ARMMS_ID_NIL;
  const ArmmsAttendancePolicy *policy = armms_scheduling_policy_on (pass->policies, &nobody, date);

  return policy_of (pass, policy != NULL ? &policy->policy_id : &nobody, date);
}

/* ---- duties ----------------------------------------------------------------------------------------------------- */

/* One call to the door: units whose days lie near one another. */
typedef struct {
  ArmmsDate from, to;
  GArray *units;     /* of guint: indices, by employee */
  gint64 wanted;     /* days of employees that are needed */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->units);
  g_free (group);
}

static int
compare_unit_starts (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *units = data;
  const ArmmsUnit *x = &g_array_index (units, ArmmsUnit, *(const guint *) a), *y = &g_array_index (units, ArmmsUnit, *(const guint *) b);

  return x->duties_from.days < y->duties_from.days ? -1 : x->duties_from.days > y->duties_from.days;
}

static int
compare_guint (gconstpointer a, gconstpointer b)
{
  return *(const guint *) a < *(const guint *) b ? -1 : *(const guint *) a > *(const guint *) b;
}

/* A unit joins a group while the days that nobody asked for stay fewer than those that were. */
static GPtrArray *
group_units (const ArmmsPass *pass)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr(GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (guint), pass->units->len);
  Group *group = NULL;

  for (guint i = 0; i < pass->units->len; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_unit_starts, pass->units);
  for (guint i = 0; i < order->len; i++)
    {
      guint index = g_array_index (order, guint, i);
      const ArmmsUnit *unit = &g_array_index (pass->units, ArmmsUnit, index);
      gint64 days = unit->duties_to.days - unit->duties_from.days + 1;
      gint64 hull = group == NULL ? 0 : MAX (group->to.days, unit->duties_to.days) - group->from.days + 1;

      if (group == NULL || hull * (group->units->len + 1) > 2 * (group->wanted + days) + 200)
        {
          group = g_new0 (Group, 1);
          group->from = unit->duties_from;
          group->to = unit->duties_to;
          group->units = g_array_new (FALSE, FALSE, sizeof (guint));
          g_ptr_array_add (groups, group);
        }
      group->to.days = MAX (group->to.days, unit->duties_to.days);
      group->wanted += days;
      g_array_append_val (group->units, index);
    }
  for (guint i = 0; i < groups->len; i++)
    g_array_sort (((Group *) g_ptr_array_index (groups, i))->units, compare_guint);
  return groups;
}

static void
add_duty (ArmmsPass *pass, const ArmmsPlannedDuty *planned, ArmmsTakenOver taken_over)
{
  ArmmsDuty duty = {
    .duty_date = planned->duty_date,
    .assignment_id = planned->assignment_id,
    .relief_id = planned->relief_id,
    .detachment_id = planned->detachment_id,
    .shift_id = planned->shift_id,
    .position_id = planned->position_id,
    .starts_at = planned->starts_at,
    .ends_at = planned->ends_at,
    .break_mode = planned->break_mode == ARMMS_PLANNED_BREAK_AUTO ? ARMMS_BREAK_AUTO
                  : planned->break_mode == ARMMS_PLANNED_BREAK_PUNCHED ? ARMMS_BREAK_PUNCHED : ARMMS_BREAK_PAID,
    .break_minutes = planned->break_minutes,
    .break_at = planned->break_at,
    .taken_over = taken_over,
    .grace_in = planned->grace_in_minutes,
    .grace_out = planned->grace_out_minutes,
    .policy = policy_of (pass, &planned->policy_id, planned->duty_date),
    .calendar = armms_pass_calendar_of (pass, &planned->detachment_id),
  };

  armms_duty_open_window (&duty, pass->settings->zone);
  g_array_append_val (pass->duties, duty);
}

static int
compare_duty_starts (gconstpointer a, gconstpointer b)
{
  const ArmmsDuty *x = a, *y = b;

  if (x->starts_at.us != y->starts_at.us)
    return x->starts_at.us < y->starts_at.us ? -1 : 1;
  return x->taken_over != y->taken_over ? (gint) x->taken_over - (gint) y->taken_over : armms_id_compare (&x->relief_id, &y->relief_id);
}

/* Among the unit's own duties, in the order of start. */
static void
add_relieved (ArmmsPass *pass, const ArmmsUnit *unit, const GArray *relieved)
{
  guint own = pass->duties->len;

  for (guint i = 0; i < relieved->len; i++)
    {
      const ArmmsRelievedDuty *r = &g_array_index (relieved, ArmmsRelievedDuty, i);

      if (armms_id_equal (&r->duty.employee_id, &unit->employee_id) && r->duty.duty_date.days >= unit->duties_from.days
          && r->duty.duty_date.days <= unit->duties_to.days)
        add_duty (pass, &r->duty, r->absent ? ARMMS_TAKEN_OVER_ABSENT : ARMMS_TAKEN_OVER_EXCUSED);
    }
  if (pass->duties->len > own)
    qsort (&g_array_index (pass->duties, ArmmsDuty, unit->first_duty), pass->duties->len - unit->first_duty, sizeof (ArmmsDuty),
           compare_duty_starts);
}

/* The duties, rest days and relieved duties (these are few) of each unit, from arrays that are sorted by employee as the units
 * are. */
static void
share_out (ArmmsPass *pass, const Group *group, const GArray *planned, const GArray *rest_days, const GArray *relieved)
{
  guint duty = 0, rest = 0;

  for (guint i = 0; i < group->units->len; i++)
    {
      ArmmsUnit *unit = &g_array_index (pass->units, ArmmsUnit, g_array_index (group->units, guint, i));
      const ArmmsPlannedDuty *d;
      const ArmmsRestDay *r;

      while (duty < planned->len
             && armms_id_compare (&g_array_index (planned, ArmmsPlannedDuty, duty).employee_id, &unit->employee_id) < 0)
        duty++;
      while (rest < rest_days->len && armms_id_compare (&g_array_index (rest_days, ArmmsRestDay, rest).employee_id, &unit->employee_id) < 0)
        rest++;
      unit->first_duty = pass->duties->len;
      for (guint j = duty; j < planned->len; j++)
        {
          d = &g_array_index (planned, ArmmsPlannedDuty, j);
          if (!armms_id_equal (&d->employee_id, &unit->employee_id))
            break;
          if (d->duty_date.days >= unit->duties_from.days && d->duty_date.days <= unit->duties_to.days)
            add_duty (pass, d, ARMMS_TAKEN_OVER_NOT);
        }
      add_relieved (pass, unit, relieved);
      unit->n_duties = pass->duties->len - unit->first_duty;
      unit->first_rest = pass->rest_days->len;
      for (guint j = rest; j < rest_days->len; j++)
        {
          r = &g_array_index (rest_days, ArmmsRestDay, j);
          if (!armms_id_equal (&r->employee_id, &unit->employee_id))
            break;
          g_array_append_val (pass->rest_days, r->date);
        }
      unit->n_rest = pass->rest_days->len - unit->first_rest;
    }
}

static gboolean
load_group (ArmmsPass *pass, const Group *group, GError **error)
{
  g_autoptr(GArray) employees = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) planned = NULL, rest_days = NULL, relieved = NULL;

  for (guint i = 0; i < group->units->len; i++)
    {
      const ArmmsUnit *unit = &g_array_index (pass->units, ArmmsUnit, g_array_index (group->units, guint, i));

      if (employees->len == 0 || !armms_id_equal (&g_array_index (employees, ArmmsId, employees->len - 1), &unit->employee_id))
        g_array_append_val (employees, unit->employee_id);
    }
  /* A night duty's minutes reach into the day after: its rest day counts. */
  planned = armms_scheduling_load_duties (pass->work, pass->settings->zone, (const ArmmsId *) (gpointer) employees->data, employees->len,
                                          group->from, armms_date_add_days (group->to, 1), &rest_days, &relieved, error);
  if (planned == NULL)
    return FALSE;
  share_out (pass, group, planned, rest_days, relieved);
  return TRUE;
}

gboolean
armms_pass_load_duties (ArmmsPass *pass, GError **error)
{
  g_autoptr(GPtrArray) groups = NULL;

  if (pass->units->len == 0)
    return TRUE;
  groups = group_units (pass);
  for (guint i = 0; i < groups->len; i++)
    if (!load_group (pass, g_ptr_array_index (groups, i), error))
      return FALSE;
  return TRUE;
}
