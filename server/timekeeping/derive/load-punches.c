#include "server/timekeeping/derive/derive-private.h"

#include "server/hr/hr.h"

#include <stdlib.h>

/* An approved adjustment, as far as the judgement needs it. */
typedef struct {
  ArmmsId adjustment_id, employee_id, time_log_id, detachment_id;
  ArmmsInstant ts, event_ts;
  ArmmsDate duty_date;
  ArmmsPunchKind kind; /* UNKNOWN: not changed */
  gint32 minutes;
  gboolean paid;
  char what;           /* first letter of its kind: c v a l b */
  gboolean seen;
} Adjustment;

static ArmmsParams *
unit_ranges (const ArmmsPass *pass)
{
  guint n = pass->units->len;
  g_autofree ArmmsId *employees = g_new (ArmmsId, n);
  g_autofree ArmmsInstant *from = g_new (ArmmsInstant, n), *to = g_new (ArmmsInstant, n);
  ArmmsInstant first = { G_MAXINT64 }, last = { G_MININT64 };

  for (guint i = 0; i < n; i++)
    {
      const ArmmsUnit *unit = &g_array_index (pass->units, ArmmsUnit, i);

      employees[i] = unit->employee_id;
      from[i] = unit->events_from;
      to[i] = unit->events_to;
      first.us = MIN (first.us, from[i].us);
      last.us = MAX (last.us, to[i].us);
    }
  return armms_params_instant (armms_params_instant (armms_params_instants (armms_params_instants (armms_params_ids (armms_params_new (),
                               employees, n), from, n), to, n), first), last);
}

static GArray *
load_adjustments (ArmmsPass *pass, GHashTable **ret_by_log, GError **error)
{
  guint n = pass->units->len;
  g_autofree ArmmsId *employees = g_new (ArmmsId, n);
  g_autofree ArmmsDate *from = g_new (ArmmsDate, n), *to = g_new (ArmmsDate, n);
  g_autoptr(ArmmsRows) rows = NULL;
  GArray *adjustments;

  for (guint i = 0; i < n; i++)
    {
      const ArmmsUnit *unit = &g_array_index (pass->units, ArmmsUnit, i);

      employees[i] = unit->employee_id;
      from[i] = armms_date_add_days (unit->duties_from, -3);
      to[i] = armms_date_add_days (unit->duties_to, 3);
    }
  rows = armms_work_query (pass->work, "timekeeping/derive-adjustments",
                           armms_params_dates (armms_params_dates (armms_params_ids (armms_params_new (), employees, n), from, n), to, n), error);
  if (rows == NULL)
    return NULL;
  adjustments = g_array_sized_new (FALSE, TRUE, sizeof (Adjustment), armms_rows_count (rows));
  *ret_by_log = g_hash_table_new (armms_id_hash, armms_id_equal_func);
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      Adjustment adjustment = {
        .adjustment_id = armms_rows_id (rows, i, "adjustment_id"),
        .employee_id = armms_rows_id (rows, i, "employee_id"),
        .time_log_id = armms_rows_id (rows, i, "time_log_id"),
        .detachment_id = armms_rows_id (rows, i, "detachment_id"),
        .ts = armms_rows_instant (rows, i, "ts"),
        .event_ts = armms_rows_instant (rows, i, "event_ts"),
        .duty_date = armms_rows_date (rows, i, "duty_date"),
        .kind = ARMMS_PUNCH_UNKNOWN,
        .minutes = (gint32) armms_rows_integer (rows, i, "minutes"),
        .paid = armms_rows_boolean (rows, i, "paid"),
        .what = armms_rows_text (rows, i, "kind")[0],
      };
      const char *type = armms_rows_text (rows, i, "type");

      if (type != NULL && !armms_punch_kind_parse (type, &adjustment.kind))
        adjustment.kind = ARMMS_PUNCH_UNKNOWN;
      g_array_append_val (adjustments, adjustment);
    }
  for (guint i = 0; i < adjustments->len; i++)
    {
      Adjustment *adjustment = &g_array_index (adjustments, Adjustment, i);

      if (!armms_id_is_nil (&adjustment->time_log_id))
        g_hash_table_insert (*ret_by_log, &adjustment->time_log_id, adjustment);
    }
  return adjustments;
}

static void
adjust_punch (ArmmsPunch *punch, ArmmsPunchOrigin *origin, Adjustment *adjustment)
{
  adjustment->seen = TRUE;
  origin->adjustment_id = adjustment->adjustment_id;
  if (adjustment->what == 'v')
    {
      punch->voided = TRUE;
      return;
    }
  punch->adjusted = TRUE;
  if (!armms_instant_is_none (adjustment->ts))
    punch->at = adjustment->ts;
  if (adjustment->kind != ARMMS_PUNCH_UNKNOWN)
    punch->kind = adjustment->kind;
  if (!armms_id_is_nil (&adjustment->detachment_id))
    punch->detachment_id = adjustment->detachment_id;
}

static void
add_punch (ArmmsPass *pass, ArmmsPunch *punch, ArmmsPunchOrigin *origin)
{
  punch->data = GUINT_TO_POINTER (pass->origins->len);
  if (!armms_id_is_nil (&punch->detachment_id))
    punch->calendar = armms_pass_calendar_of (pass, &punch->detachment_id);
  punch->policy = armms_pass_policy_on (pass, armms_zone_date (pass->settings->zone, punch->at));
  g_array_append_val (pass->origins, *origin);
  g_array_append_val (pass->punches, *punch);
}

typedef struct {
  ArmmsRows *rows;
  int unit, clock_event_id, event_ts, device_id, event_id, detachment_id, type, device_known, offset, own;
} EventColumns;

static EventColumns
find_columns (ArmmsRows *rows)
{
  return (EventColumns) {
    .rows = rows,
    .unit = armms_rows_column (rows, "unit"),
    .clock_event_id = armms_rows_column (rows, "clock_event_id"),
    .event_ts = armms_rows_column (rows, "event_ts"),
    .device_id = armms_rows_column (rows, "device_id"),
    .event_id = armms_rows_column (rows, "event_id"),
    .detachment_id = armms_rows_column (rows, "detachment_id"),
    .type = armms_rows_column (rows, "type"),
    .device_known = armms_rows_column (rows, "device_known"),
    .offset = armms_rows_column (rows, "clock_offset_seconds"),
    .own = armms_rows_column (rows, "own"),
  };
}

static void
add_event (ArmmsPass *pass, const EventColumns *columns, guint row, GHashTable *by_log)
{
  ArmmsRows *rows = columns->rows;
  ArmmsPunch punch = {
    .id = armms_rows_id_at (rows, row, columns->clock_event_id),
    .tie = armms_rows_id_at (rows, row, columns->event_id),
    .at = armms_rows_instant_at (rows, row, columns->event_ts),
    .kind = ARMMS_PUNCH_UNKNOWN,
    .detachment_id = armms_rows_id_at (rows, row, columns->detachment_id),
    .unknown_device = armms_rows_integer_at (rows, row, columns->device_known) == 0,
    .skew = (gint32) (armms_rows_integer_at (rows, row, columns->offset) / 60),
    .duty = -1,
  };
  ArmmsPunchOrigin origin = {
    .device_id = armms_rows_id_at (rows, row, columns->device_id),
    .event_id = punch.tie,
    .event_ts = punch.at,
    .detachment_id = punch.detachment_id,
    .own = armms_rows_integer_at (rows, row, columns->own) != 0,
  };
  Adjustment *adjustment;

  if (!armms_punch_kind_parse (armms_rows_text_at (rows, row, columns->type), &punch.kind))
    punch.kind = ARMMS_PUNCH_UNKNOWN;
  origin.kind = punch.kind;
  adjustment = by_log == NULL ? NULL : g_hash_table_lookup (by_log, &punch.id);
  if (adjustment != NULL)
    adjust_punch (&punch, &origin, adjustment);
  add_punch (pass, &punch, &origin);
}

/* Events that an adjustment moves into the unit's days from outside of what was loaded. */
static gboolean
add_moved_events (ArmmsPass *pass, const ArmmsUnit *unit, GArray *adjustments, GHashTable *by_log, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), instants = g_array_new (FALSE, FALSE, sizeof (ArmmsInstant));
  g_autoptr(ArmmsRows) rows = NULL;
  EventColumns columns;

  for (guint i = 0; i < adjustments->len; i++)
    {
      const Adjustment *adjustment = &g_array_index (adjustments, Adjustment, i);

      if (adjustment->seen || adjustment->what != 'c' || !armms_id_equal (&adjustment->employee_id, &unit->employee_id)
          || armms_instant_is_none (adjustment->ts) || adjustment->ts.us < unit->events_from.us || adjustment->ts.us >= unit->events_to.us
          || (adjustment->event_ts.us >= unit->events_from.us && adjustment->event_ts.us < unit->events_to.us))
        continue;
      g_array_append_val (ids, adjustment->time_log_id);
      g_array_append_val (instants, adjustment->event_ts);
    }
  if (ids->len == 0)
    return TRUE;
  rows = armms_work_query (pass->work, "timekeeping/derive-events-by-id",
                           armms_params_instants (armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) ids->data, ids->len),
                                                  (const ArmmsInstant *) (gpointer) instants->data, instants->len), error);
  if (rows == NULL)
    return FALSE;
  columns = find_columns (rows);
  for (guint i = 0; i < armms_rows_count (rows); i++)
    add_event (pass, &columns, i, by_log);
  return TRUE;
}

static void
mark_break_worked (ArmmsPass *pass, const ArmmsUnit *unit, const Adjustment *adjustment)
{
  for (guint i = 0; i < unit->n_duties; i++)
    {
      ArmmsDuty *duty = &g_array_index (pass->duties, ArmmsDuty, unit->first_duty + i);

      if (duty->duty_date.days == adjustment->duty_date.days
          && (armms_id_is_nil (&adjustment->detachment_id) || armms_id_equal (&adjustment->detachment_id, &duty->detachment_id)))
        duty->break_worked_through = TRUE;
    }
}

static void
add_from_adjustments (ArmmsPass *pass, ArmmsUnit *unit, const GArray *adjustments)
{
  unit->first_leave = pass->leaves->len;
  for (guint i = 0; i < adjustments->len; i++)
    {
      const Adjustment *adjustment = &g_array_index (adjustments, Adjustment, i);

      if (!armms_id_equal (&adjustment->employee_id, &unit->employee_id))
        continue;
      if (adjustment->what == 'l')
        {
          ArmmsLeave leave = { adjustment->duty_date, adjustment->paid, adjustment->minutes };

          g_array_append_val (pass->leaves, leave);
        }
      else if (adjustment->what == 'b')
        mark_break_worked (pass, unit, adjustment);
      else if (adjustment->what == 'a' && adjustment->ts.us >= unit->events_from.us && adjustment->ts.us < unit->events_to.us)
        {
          ArmmsPunch punch = { .id = adjustment->adjustment_id, .tie = adjustment->adjustment_id, .at = adjustment->ts,
                               .kind = adjustment->kind, .detachment_id = adjustment->detachment_id, .adjusted = TRUE, .duty = -1 };
          ArmmsPunchOrigin origin = { .event_ts = adjustment->ts, .kind = adjustment->kind, .added = TRUE };

          add_punch (pass, &punch, &origin);
        }
    }
  unit->n_leaves = pass->leaves->len - unit->first_leave;
}

gboolean
armms_pass_load_punches (ArmmsPass *pass, GError **error)
{
  g_autoptr(GHashTable) by_log = NULL;
  g_autoptr(GArray) adjustments = load_adjustments (pass, &by_log, error);
  g_autoptr(ArmmsRows) rows = NULL;
  EventColumns columns;
  guint row = 0, n_rows;

  if (adjustments == NULL)
    return FALSE;
  rows = armms_work_query (pass->work, "timekeeping/derive-events", unit_ranges (pass), error);
  if (rows == NULL)
    return FALSE;
  columns = find_columns (rows);
  n_rows = armms_rows_count (rows);
  for (guint i = 0; i < pass->units->len; i++)
    {
      ArmmsUnit *unit = &g_array_index (pass->units, ArmmsUnit, i);

      unit->first_punch = pass->punches->len;
      for (; row < n_rows && armms_rows_integer_at (rows, row, columns.unit) == (gint64) i + 1; row++)
        add_event (pass, &columns, row, adjustments->len > 0 ? by_log : NULL);
      if (adjustments->len > 0)
        {
          if (!add_moved_events (pass, unit, adjustments, by_log, error))
            return FALSE;
          add_from_adjustments (pass, unit, adjustments);
        }
      unit->n_punches = pass->punches->len - unit->first_punch;
    }
  return TRUE;
}

/* ---- employment ------------------------------------------------------------------------------------------------- */

/* Touches are sorted by employee. */
gboolean
armms_pass_load_employment (ArmmsPass *pass, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));

  for (guint i = 0; i < pass->touches->len; i++)
    {
      const ArmmsId *id = &g_array_index (pass->touches, ArmmsTouch, i).employee_id;

      if (ids->len == 0 || !armms_id_equal (&g_array_index (ids, ArmmsId, ids->len - 1), id))
        g_array_append_val (ids, *id);
    }
  pass->employment = armms_hr_load_employment_days (pass->work, (const ArmmsId *) (gpointer) ids->data, ids->len, error);
  return pass->employment != NULL;
}

static int
compare_employment (const void *key, const void *member)
{
  return armms_id_compare (key, &((const ArmmsEmploymentDays *) member)->employee_id);
}

const ArmmsEmploymentDays *
armms_pass_employment_of (const ArmmsPass *pass, const ArmmsId *employee_id)
{
  static const ArmmsEmploymentDays not_known = { .hired_on = { G_MININT32 }, .separated_on = { G_MININT32 } }; /* NONE */
  const ArmmsEmploymentDays *days = pass->employment->len == 0 ? NULL
    : bsearch (employee_id, pass->employment->data, pass->employment->len, sizeof *days, compare_employment);

  return days != NULL ? days : &not_known;
}
