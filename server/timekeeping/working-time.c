/* The law's hours in the tenant's own table: what was in force is never rewritten, and what changes has its days judged again. */
#include "server/timekeeping/timekeeping.h"

#include "server/platform/outbox/outbox.h"
#include "server/timekeeping/derive/columns.h"

#define US_PER_DAY (ARMMS_US_PER_MINUTE * ARMMS_MINUTES_PER_DAY)

GArray *
armms_timekeeping_load_working_times (ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "timekeeping/working-times", /* params= */ NULL, error);
  GArray *times;

  if (rows == NULL)
    return NULL;
  times = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsWorkingTime), armms_rows_count (rows));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsWorkingTime row = {
        .from = armms_rows_date (rows, i, "valid_from"),
        .to = armms_rows_date (rows, i, "valid_to"),
        .regular_minutes = (gint32) armms_rows_integer (rows, i, "regular_minutes"),
        .night_from = (gint32) armms_rows_integer (rows, i, "night_from_minute"),
        .night_to = (gint32) armms_rows_integer (rows, i, "night_to_minute"),
        .meal_break_minutes = (gint32) armms_rows_integer (rows, i, "meal_break_minutes"),
        .paid_break_up_to = (gint32) armms_rows_integer (rows, i, "paid_break_up_to_minutes"),
        .unworked_holiday_minutes = (gint32) armms_rows_integer (rows, i, "unworked_holiday_minutes"),
        .row = (gint32) armms_rows_integer (rows, i, "row_no"),
        .source = g_intern_string (armms_rows_text (rows, i, "source")),
      };

      g_array_append_val (times, row);
    }
  return times;
}

/* ---- what differs ----------------------------------------------------------------------------------------------- */

/* What of the stored rows goes, ends on another day, or comes. */
typedef struct {
  GArray *gone, *closed, *new; /* of ArmmsWorkingTime, owned */
  ArmmsDate first;             /* the first duty date whose figures may differ; NONE: none does */
} Difference;

static void
difference_clear (Difference *difference)
{
  g_clear_pointer (&difference->gone, g_array_unref);
  g_clear_pointer (&difference->closed, g_array_unref);
  g_clear_pointer (&difference->new, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Difference, difference_clear)

static gboolean
reads_the_same (const ArmmsWorkingTime *a, const ArmmsWorkingTime *b)
{
  return a->from.days == b->from.days && a->regular_minutes == b->regular_minutes && a->night_from == b->night_from
         && a->night_to == b->night_to && a->meal_break_minutes == b->meal_break_minutes && a->paid_break_up_to == b->paid_break_up_to
         && a->unworked_holiday_minutes == b->unworked_holiday_minutes;
}

static const ArmmsWorkingTime *
find_same (const ArmmsWorkingTime *rows, gsize n, const ArmmsWorkingTime *wanted)
{
  for (gsize i = 0; i < n; i++)
    if (reads_the_same (&rows[i], wanted))
      return &rows[i];
  return NULL;
}

static void
note_date (Difference *difference, ArmmsDate date)
{
  if (armms_date_is_none (difference->first) || date.days < difference->first.days)
    difference->first = date;
}

/* From the first of the two last days on, something else holds. */
static void
note_end (Difference *difference, ArmmsDate a, ArmmsDate b)
{
  ArmmsDate first = armms_date_is_none (a) || (!armms_date_is_none (b) && b.days < a.days) ? b : a;

  note_date (difference, armms_date_add_days (first, 1));
}

static gboolean
find_difference (const GArray *stored, const ArmmsWorkingTime *rows, gsize n, ArmmsDate today, Difference *difference, GError **error)
{
  char text[ARMMS_DATE_TEXT_SIZE];

  for (guint i = 0; i < stored->len; i++)
    {
      const ArmmsWorkingTime *old = &g_array_index (stored, ArmmsWorkingTime, i);
      const ArmmsWorkingTime *same = find_same (rows, n, old);

      if (same == NULL && old->from.days <= today.days)
        {
          armms_error_set (error, ARMMS_ERROR_CONFLICT, "statutory.changed_past",
                           "the working-time table from %s is in force and reads otherwise in the files", armms_date_format (old->from, text));
          return FALSE;
        }
      if (same == NULL)
        {
          g_array_append_vals (difference->gone, old, 1);
          note_date (difference, old->from);
        }
      else if (same->to.days != old->to.days)
        {
          g_array_append_vals (difference->closed, same, 1);
          note_end (difference, same->to, old->to);
        }
    }
  for (gsize i = 0; i < n; i++)
    if (find_same ((const ArmmsWorkingTime *) (gpointer) stored->data, stored->len, &rows[i]) == NULL)
      {
        g_array_append_vals (difference->new, &rows[i], 1);
        note_date (difference, rows[i].from);
      }
  return TRUE;
}

/* ---- storing ---------------------------------------------------------------------------------------------------- */

static gboolean
delete_gone (ArmmsWork *work, const GArray *rows, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  ARMMS_COLUMN_DATES (params, rows, ArmmsWorkingTime, row->from);
  return armms_work_execute (work, "timekeeping/working-times-delete", params, /* ret_count= */ NULL, error);
}

static gboolean
close_rows (ArmmsWork *work, const GArray *rows, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  ARMMS_COLUMN_DATES (params, rows, ArmmsWorkingTime, row->from);
  ARMMS_COLUMN_DATES (params, rows, ArmmsWorkingTime, row->to);
  return armms_work_execute (work, "timekeeping/working-times-close", params, /* ret_count= */ NULL, error);
}

static gboolean
insert_new (ArmmsWork *work, const GArray *rows, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  ARMMS_COLUMN_DATES (params, rows, ArmmsWorkingTime, row->from);
  ARMMS_COLUMN_DATES (params, rows, ArmmsWorkingTime, row->to);
  ARMMS_COLUMN_INTEGERS (params, rows, ArmmsWorkingTime, row->row);
  ARMMS_COLUMN_INTEGERS (params, rows, ArmmsWorkingTime, row->regular_minutes);
  ARMMS_COLUMN_INTEGERS (params, rows, ArmmsWorkingTime, row->night_from);
  ARMMS_COLUMN_INTEGERS (params, rows, ArmmsWorkingTime, row->night_to);
  ARMMS_COLUMN_INTEGERS (params, rows, ArmmsWorkingTime, row->meal_break_minutes);
  ARMMS_COLUMN_INTEGERS (params, rows, ArmmsWorkingTime, row->paid_break_up_to);
  ARMMS_COLUMN_INTEGERS (params, rows, ArmmsWorkingTime, row->unworked_holiday_minutes);
  ARMMS_COLUMN_TEXTS (params, rows, ArmmsWorkingTime, row->source);
  return armms_work_execute (work, "timekeeping/working-times-insert", params, /* ret_count= */ NULL, error);
}

/* Everybody's days from the first that may differ are judged again, when the event is heard. */
static gboolean
tell (ArmmsWork *work, ArmmsDate first, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  ArmmsId id = armms_id_new ();
  char text[ARMMS_DATE_TEXT_SIZE];

  g_ptr_array_add (events, armms_event_new (ARMMS_EVENT_WORKING_TIME_CHANGED, "working-time", &id, 1, &id,
                                            g_strdup_printf ("{\"employee_ids\":null,\"from\":\"%s\",\"to\":null}", armms_date_format (first, text))));
  return armms_outbox_append (work, "timekeeping", events, error);
}

gboolean
armms_timekeeping_import_working_times (ArmmsWork *work, const ArmmsWorkingTime *rows, gsize n, gint64 *ret_changed, GError **error)
{
  g_autoptr(GArray) stored = armms_timekeeping_load_working_times (work, error);
  ArmmsDate today = { (gint32) (armms_work_get_now (work).us / US_PER_DAY) };
  g_auto(Difference) difference = { .first = ARMMS_DATE_NONE };

  if (stored == NULL)
    return FALSE;
  difference.gone = g_array_new (FALSE, FALSE, sizeof (ArmmsWorkingTime));
  difference.closed = g_array_new (FALSE, FALSE, sizeof (ArmmsWorkingTime));
  difference.new = g_array_new (FALSE, FALSE, sizeof (ArmmsWorkingTime));
  if (!find_difference (stored, rows, n, today, &difference, error))
    return FALSE;
  *ret_changed = difference.gone->len + difference.closed->len + difference.new->len;
  if (*ret_changed == 0)
    return TRUE;
  return delete_gone (work, difference.gone, error) && close_rows (work, difference.closed, error) && insert_new (work, difference.new, error)
         && tell (work, difference.first, error);
}
