#include "server/timekeeping/derive/derive-private.h"

#include "server/platform/stream/stream.h"
#include "server/rules/time/holiday.h"
#include "server/rules/time/match.h"

#include <string.h>

/* A punch may make a later one its duplicate: no policy's window is longer. */
#define LONGEST_DUPLICATE_WINDOW_US (60 * ARMMS_US_PER_MINUTE)
/* Punches of one employee nearer than this are judged together. */
#define JOIN_DAYS 4
/* A change of plan moves punches to duties so far before and after it. */
#define PLAN_REACH_BEFORE 2
#define PLAN_REACH_AFTER 3

static int
compare_touches (gconstpointer a, gconstpointer b)
{
  const ArmmsTouch *x = a, *y = b;
  int order = armms_id_compare (&x->employee_id, &y->employee_id);

  if (order != 0)
    return order;
  if (armms_instant_is_none (x->at) != armms_instant_is_none (y->at))
    return armms_instant_is_none (x->at) ? 1 : -1;
  if (!armms_instant_is_none (x->at))
    return x->at.us < y->at.us ? -1 : x->at.us > y->at.us;
  return x->from.days < y->from.days ? -1 : x->from.days > y->from.days;
}

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const ArmmsUnit *x = a, *y = b;
  int order = armms_id_compare (&x->employee_id, &y->employee_id);

  return order != 0 ? order : x->from.days < y->from.days ? -1 : x->from.days > y->from.days;
}

static ArmmsDate
local_day (const ArmmsPass *pass, gint64 us)
{
  return armms_zone_date (pass->settings->zone, (ArmmsInstant) { us });
}

static void
pass_clear (ArmmsPass *pass)
{
  g_clear_pointer (&pass->holidays, g_ptr_array_unref);
  g_clear_pointer (&pass->policies, g_ptr_array_unref);
  g_clear_pointer (&pass->detachments, g_ptr_array_unref);
  g_clear_pointer (&pass->working_times, g_array_unref);
  g_clear_pointer (&pass->time_policies, g_ptr_array_unref);
  g_clear_pointer (&pass->calendars, g_hash_table_unref);
  g_clear_pointer (&pass->employment, g_array_unref);
  g_clear_pointer (&pass->units, g_array_unref);
  g_clear_pointer (&pass->duties, g_array_unref);
  g_clear_pointer (&pass->rest_days, g_array_unref);
  g_clear_pointer (&pass->punches, g_array_unref);
  g_clear_pointer (&pass->origins, g_array_unref);
  g_clear_pointer (&pass->leaves, g_array_unref);
  g_clear_pointer (&pass->lines, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ArmmsPass, pass_clear)

static void
pass_init (ArmmsPass *pass)
{
  pass->units = g_array_new (FALSE, FALSE, sizeof (ArmmsUnit));
  pass->duties = g_array_new (FALSE, FALSE, sizeof (ArmmsDuty));
  pass->rest_days = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  pass->punches = g_array_new (FALSE, FALSE, sizeof (ArmmsPunch));
  pass->origins = g_array_new (FALSE, FALSE, sizeof (ArmmsPunchOrigin));
  pass->leaves = g_array_new (FALSE, FALSE, sizeof (ArmmsLeave));
  pass->lines = g_array_new (FALSE, FALSE, sizeof (ArmmsDayLine));
}

static void
pass_forget (ArmmsPass *pass)
{
  g_array_set_size (pass->units, 0);
  g_array_set_size (pass->duties, 0);
  g_array_set_size (pass->rest_days, 0);
  g_array_set_size (pass->punches, 0);
  g_array_set_size (pass->origins, 0);
  g_array_set_size (pass->leaves, 0);
  g_array_set_size (pass->lines, 0);
}

/* ---- which days of whom ----------------------------------------------------------------------------------------- */

/* Few duties, known by their windows: the way of nearly every punch. */
static void
plan_punch_units (ArmmsPass *pass)
{
  ArmmsUnit *last = NULL;

  for (guint i = 0; i < pass->touches->len; i++)
    {
      const ArmmsTouch *touch = &g_array_index (pass->touches, ArmmsTouch, i);
      ArmmsDate first, until;

      if (armms_instant_is_none (touch->at))
        continue;
      first = local_day (pass, touch->at.us);
      until = local_day (pass, touch->at.us + LONGEST_DUPLICATE_WINDOW_US);
      if (last == NULL || !armms_id_equal (&last->employee_id, &touch->employee_id) || first.days > last->to.days + JOIN_DAYS)
        {
          ArmmsUnit unit = { .employee_id = touch->employee_id, .from = first, .to = until, .first_touch = i };

          g_array_append_val (pass->units, unit);
          last = &g_array_index (pass->units, ArmmsUnit, pass->units->len - 1);
        }
      last->n_touches = i + 1 - last->first_touch;
      last->to.days = MAX (last->to.days, until.days);
    }
  for (guint i = 0; i < pass->units->len; i++)
    {
      ArmmsUnit *unit = &g_array_index (pass->units, ArmmsUnit, i);

      unit->duties_from = armms_date_add_days (unit->from, -2);
      unit->duties_to = armms_date_add_days (unit->to, 2);
    }
}

static gboolean
intersects (const ArmmsDuty *duty, gint64 from_us, gint64 to_us)
{
  return duty->window_from.us <= to_us && duty->window_to.us >= from_us;
}

/* The touched duties are those whose windows hold a touched punch, or one that it may make a duplicate. */
static void
settle_punch_unit (ArmmsPass *pass, ArmmsUnit *unit)
{
  const ArmmsDuty *duties = &g_array_index (pass->duties, ArmmsDuty, unit->first_duty);
  gint64 from_us, to_us;

  for (guint i = 0; i < unit->n_touches; i++)
    {
      gint64 at = g_array_index (pass->touches, ArmmsTouch, unit->first_touch + i).at.us;

      for (guint j = 0; j < unit->n_duties; j++)
        if (intersects (&duties[j], at, at + LONGEST_DUPLICATE_WINDOW_US))
          {
            unit->from.days = MIN (unit->from.days, duties[j].duty_date.days);
            unit->to.days = MAX (unit->to.days, duties[j].duty_date.days);
          }
    }
  from_us = armms_zone_instant (pass->settings->zone, unit->from, 0).us;
  to_us = armms_zone_instant (pass->settings->zone, armms_date_add_days (unit->to, 1), 0).us;
  for (guint j = 0; j < unit->n_duties; j++)
    if (duties[j].duty_date.days >= unit->from.days && duties[j].duty_date.days <= unit->to.days)
      {
        from_us = MIN (from_us, duties[j].window_from.us);
        to_us = MAX (to_us, duties[j].window_to.us + 1);
      }
  unit->events_from.us = from_us - LONGEST_DUPLICATE_WINDOW_US;
  unit->events_to.us = to_us;
}

/* Duties that run at the same time are judged with whole days around them. */
static gboolean
has_overlap (const ArmmsPass *pass, const ArmmsUnit *unit)
{
  const ArmmsDuty *duties = &g_array_index (pass->duties, ArmmsDuty, unit->first_duty);

  for (guint i = 1; i < unit->n_duties; i++)
    if (duties[i].starts_at.us < duties[i - 1].ends_at.us)
      return TRUE;
  return FALSE;
}

static gboolean
is_regular_holiday (const ArmmsHoliday *holiday)
{
  ArmmsDayType type;

  return armms_day_type_parse (holiday->day_type, &type) && (type == ARMMS_DAY_REGULAR || type == ARMMS_DAY_DOUBLE_REGULAR);
}

static gboolean
is_swept (const ArmmsPass *pass, ArmmsDate date)
{
  return !armms_date_is_none (pass->swept.through) && date.days >= pass->swept.from.days && date.days <= pass->swept.through.days;
}

/* A closed regular holiday among the days asks for the days before it. */
static gboolean
holds_holiday (const ArmmsPass *pass, ArmmsDate from, ArmmsDate to)
{
  for (guint i = 0; i < pass->holidays->len; i++)
    {
      const ArmmsHoliday *holiday = g_ptr_array_index (pass->holidays, i);

      if (holiday->on_date.days >= from.days && holiday->on_date.days <= to.days && is_swept (pass, holiday->on_date)
          && is_regular_holiday (holiday))
        return TRUE;
    }
  return FALSE;
}

static void
add_whole (GArray *units, const ArmmsId *employee_id, ArmmsDate from, ArmmsDate to)
{
  ArmmsUnit unit = { .employee_id = *employee_id, .from = from, .to = to, .whole_days = TRUE };

  g_array_append_val (units, unit);
}

/* Closed regular holidays that hang on the days of @unit: judged as well. */
static void
add_holidays_after (const ArmmsPass *pass, const ArmmsUnit *unit, GArray *whole)
{
  for (guint i = 0; i < pass->holidays->len; i++)
    {
      const ArmmsHoliday *holiday = g_ptr_array_index (pass->holidays, i);

      if (holiday->on_date.days > unit->to.days && holiday->on_date.days <= unit->to.days + ARMMS_HOLIDAY_LOOK_BACK
          && is_swept (pass, holiday->on_date) && is_regular_holiday (holiday))
        add_whole (whole, &unit->employee_id, holiday->on_date, holiday->on_date);
    }
}

/* Units that need more than few duties go to @whole; what stays is ready to be judged. */
static void
split_units (ArmmsPass *pass, GArray *whole)
{
  guint kept = 0;

  for (guint i = 0; i < pass->units->len; i++)
    {
      ArmmsUnit *unit = &g_array_index (pass->units, ArmmsUnit, i);

      settle_punch_unit (pass, unit);
      add_holidays_after (pass, unit, whole);
      if (has_overlap (pass, unit))
        add_whole (whole, &unit->employee_id, armms_date_add_days (unit->from, -PLAN_REACH_BEFORE),
                   armms_date_add_days (unit->to, PLAN_REACH_AFTER));
      else if (holds_holiday (pass, unit->from, unit->to))
        add_whole (whole, &unit->employee_id, unit->from, unit->to);
      else
        g_array_index (pass->units, ArmmsUnit, kept++) = *unit;
    }
  g_array_set_size (pass->units, kept);
}

static void
add_touched_spans (const ArmmsPass *pass, GArray *whole)
{
  for (guint i = 0; i < pass->touches->len; i++)
    {
      const ArmmsTouch *touch = &g_array_index (pass->touches, ArmmsTouch, i);
      ArmmsUnit unit;

      if (!armms_instant_is_none (touch->at))
        continue;
      unit = (ArmmsUnit) { .employee_id = touch->employee_id, .from = touch->from, .to = touch->to };
      if (!touch->sealed_span)
        {
          unit.from = armms_date_add_days (unit.from, -PLAN_REACH_BEFORE);
          unit.to = armms_date_add_days (unit.to, PLAN_REACH_AFTER);
        }
      add_whole (whole, &unit.employee_id, unit.from, unit.to);
      add_holidays_after (pass, &unit, whole);
    }
}

static void
join_units (GArray *units)
{
  guint kept = 0;

  g_array_sort (units, compare_units);
  for (guint i = 0; i < units->len; i++)
    {
      const ArmmsUnit *unit = &g_array_index (units, ArmmsUnit, i);
      ArmmsUnit *last = kept == 0 ? NULL : &g_array_index (units, ArmmsUnit, kept - 1);

      if (last != NULL && armms_id_equal (&last->employee_id, &unit->employee_id) && unit->from.days <= last->to.days + 1)
        last->to.days = MAX (last->to.days, unit->to.days);
      else
        g_array_index (units, ArmmsUnit, kept++) = *unit;
    }
  g_array_set_size (units, kept);
}

/* Whole days around: duties as far as a chain of overlaps may matter, punches of all of their windows. */
static void
settle_whole_unit (const ArmmsPass *pass, ArmmsUnit *unit)
{
  gint back = holds_holiday (pass, unit->from, unit->to) ? ARMMS_TIME_CONTEXT_HOLIDAY_DAYS : ARMMS_TIME_CONTEXT_DAYS + 1;

  unit->duties_from = armms_date_add_days (unit->from, -back);
  unit->duties_to = armms_date_add_days (unit->to, ARMMS_TIME_CONTEXT_DAYS + 1);
  unit->events_from.us = armms_zone_instant (pass->settings->zone, armms_date_add_days (unit->duties_from, -1), 0).us;
  unit->events_to.us = armms_zone_instant (pass->settings->zone, armms_date_add_days (unit->duties_to, 1), 0).us;
}

/* ---- judging ---------------------------------------------------------------------------------------------------- */

ArmmsDate
armms_pass_home_of (const ArmmsPass *pass, const ArmmsUnit *unit, const ArmmsPunch *punch)
{
  return punch->duty >= 0 ? g_array_index (pass->duties, ArmmsDuty, unit->first_duty + (guint) punch->duty).duty_date
                          : local_day (pass, punch->at.us);
}

static void
judge_unit (ArmmsPass *pass, ArmmsUnit *unit)
{
  const ArmmsEmploymentDays *employment = armms_pass_employment_of (pass, &unit->employee_id);
  const ArmmsTimeFacts facts = {
    .zone = pass->settings->zone,
    .policy = &armms_time_policy_default,
    .law = armms_pass_law (pass),
    .from = unit->from,
    .to = unit->to,
    .closed_from = pass->swept.from,
    .closed_through = pass->swept.through,
    .punches = &g_array_index (pass->punches, ArmmsPunch, unit->first_punch),
    .n_punches = unit->n_punches,
    .duties = &g_array_index (pass->duties, ArmmsDuty, unit->first_duty),
    .n_duties = unit->n_duties,
    .rest_days = &g_array_index (pass->rest_days, ArmmsDate, unit->first_rest),
    .n_rest_days = unit->n_rest,
    .leaves = &g_array_index (pass->leaves, ArmmsLeave, unit->first_leave),
    .n_leaves = unit->n_leaves,
    .hired_on = employment->hired_on,
    .separated_on = employment->separated_on,
  };

  unit->first_line = pass->lines->len;
  armms_time_judge (&facts, pass->lines);
  unit->n_lines = pass->lines->len - unit->first_line;
  pass->figures->judged += unit->n_lines;
}

static gboolean
judge_and_store (ArmmsPass *pass, GError **error)
{
  if (pass->units->len == 0)
    return TRUE;
  if (!armms_pass_load_punches (pass, error))
    return FALSE;
  for (guint i = 0; i < pass->units->len; i++)
    judge_unit (pass, &g_array_index (pass->units, ArmmsUnit, i));
  return armms_pass_store (pass, error);
}

static void
span_of_touches (const ArmmsPass *pass, ArmmsDate *ret_from, ArmmsDate *ret_to)
{
  ret_from->days = G_MAXINT32;
  ret_to->days = G_MININT32;
  for (guint i = 0; i < pass->touches->len; i++)
    {
      const ArmmsTouch *touch = &g_array_index (pass->touches, ArmmsTouch, i);
      gboolean is_punch = !armms_instant_is_none (touch->at);

      ret_from->days = MIN (ret_from->days, (is_punch ? local_day (pass, touch->at.us) : touch->from).days);
      ret_to->days = MAX (ret_to->days, (is_punch ? local_day (pass, touch->at.us) : touch->to).days);
    }
}

gboolean
armms_derive (ArmmsWork *work, const ArmmsTimekeepingSettings *settings, GArray *touches, ArmmsDeriveMode mode,
              ArmmsDeriveFigures *figures, GError **error)
{
  g_auto(ArmmsPass) pass = { .work = work, .settings = settings, .mode = mode, .figures = figures, .touches = touches };
  g_autoptr(GArray) whole = g_array_new (FALSE, FALSE, sizeof (ArmmsUnit));
  ArmmsDate from, to;

  if (touches->len == 0)
    return TRUE;
  pass_init (&pass);
  g_array_sort (touches, compare_touches);
  span_of_touches (&pass, &from, &to);
  if (!armms_derive_load_swept (work, &pass.swept, error)
      || !armms_pass_load_employment (&pass, error)
      || !armms_pass_load_calendar (&pass, armms_date_add_days (from, -16), armms_date_add_days (to, 16), error))
    return FALSE;

  plan_punch_units (&pass);
  if (!armms_pass_load_duties (&pass, error))
    return FALSE;
  split_units (&pass, whole);
  if (!judge_and_store (&pass, error))
    return FALSE;

  pass_forget (&pass);
  add_touched_spans (&pass, whole);
  join_units (whole);
  g_array_append_vals (pass.units, whole->data, whole->len);
  for (guint i = 0; i < pass.units->len; i++)
    settle_whole_unit (&pass, &g_array_index (pass.units, ArmmsUnit, i));
  return armms_pass_load_duties (&pass, error) && judge_and_store (&pass, error);
}

gboolean
armms_derive_lock (ArmmsWork *work, const ArmmsId *employees, gsize n, GError **error)
{
  gboolean wanted[ARMMS_DERIVE_SLOTS] = { 0 };
  gint64 slots[ARMMS_DERIVE_SLOTS];
  gsize n_slots = 0;

  for (gsize i = 0; i < n; i++)
    wanted[armms_stream_slot_of (&employees[i], ARMMS_DERIVE_SLOTS)] = TRUE;
  for (gint64 slot = 0; slot < ARMMS_DERIVE_SLOTS; slot++)
    if (wanted[slot] || n == 0)
      slots[n_slots++] = slot;
  return armms_work_execute (work, "timekeeping/derive-lock", armms_params_integers (armms_params_new (), slots, n_slots),
                             /* ret_count= */ NULL, error);
}

gboolean
armms_derive_load_swept (ArmmsWork *work, ArmmsSwept *ret_swept, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "timekeeping/swept", /* params= */ NULL, error);

  if (rows == NULL)
    return FALSE;
  *ret_swept = (ArmmsSwept) { ARMMS_DATE_NONE, ARMMS_DATE_NONE };
  if (armms_rows_count (rows) > 0)
    *ret_swept = (ArmmsSwept) { armms_rows_date (rows, 0, "swept_from"), armms_rows_date (rows, 0, "swept_through") };
  return TRUE;
}
