/* Closing days: absence, missing outs and unworked holidays are told through a stored day. */
#include "server/timekeeping/derive/reader.h"

#include "server/platform/stream/stream.h"
#include "server/scheduling/scheduling.h"

/* Employees judged in one unit: bounds its memory and how long it holds its slot. */
#define MOST_EMPLOYEES 300

typedef struct {
  ArmmsDate from, through;   /* the days that are to be told */
  GArray *employees;         /* of ArmmsId: with a plan or an event in these days, sorted by slot */
} Span;

static gboolean
is_over (ArmmsWork *work, const ArmmsTimekeepingSettings *settings, ArmmsDate through, GError **error)
{
  char text[ARMMS_DATE_TEXT_SIZE];

  if (through.days < armms_zone_date (settings->zone, armms_work_get_now (work)).days)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "timesheet.not_over", "%s is not over yet", armms_date_format (through, text));
  return FALSE;
}

static int
compare_by_slot (gconstpointer a, gconstpointer b)
{
  guint x = armms_stream_slot_of (a, ARMMS_DERIVE_SLOTS), y = armms_stream_slot_of (b, ARMMS_DERIVE_SLOTS);

  return x != y ? (x < y ? -1 : 1) : armms_id_compare (a, b);
}

static void
add_employee (GArray *employees, const ArmmsId *id)
{
  if (employees->len == 0 || !armms_id_equal (&g_array_index (employees, ArmmsId, employees->len - 1), id))
    g_array_append_val (employees, *id);
}

static void
drop_repeated (GArray *employees)
{
  guint kept = 0;

  g_array_sort (employees, compare_by_slot);
  for (guint i = 0; i < employees->len; i++)
    if (kept == 0 || !armms_id_equal (&g_array_index (employees, ArmmsId, kept - 1), &g_array_index (employees, ArmmsId, i)))
      g_array_index (employees, ArmmsId, kept++) = g_array_index (employees, ArmmsId, i);
  g_array_set_size (employees, kept);
}

/* Who is planned, or has been heard of, near these days; a holiday may hang on days before them. */
static gboolean
find_employees (ArmmsWork *work, const ArmmsTimekeepingSettings *settings, Span *span, GError **error)
{
  ArmmsDate from = armms_date_add_days (span->from, -8);
  g_autoptr(GArray) relieved = NULL;
  g_autoptr(GArray) duties = armms_scheduling_load_duties (work, settings->zone, /* employees= */ NULL, 0, from, span->through,
                                                           /* ret_rest_days= */ NULL, &relieved, error);
  g_autoptr(ArmmsRows) rows = NULL;

  if (duties == NULL)
    return FALSE;
  for (guint i = 0; i < duties->len; i++)
    add_employee (span->employees, &g_array_index (duties, ArmmsPlannedDuty, i).employee_id);
  for (guint i = 0; i < relieved->len; i++)
    add_employee (span->employees, &g_array_index (relieved, ArmmsRelievedDuty, i).duty.employee_id);
  rows = armms_work_query (work, "timekeeping/sweep-employees",
                           armms_params_instant (armms_params_instant (armms_params_new (), armms_zone_instant (settings->zone, span->from, 0)),
                                                 armms_zone_instant (settings->zone, span->through, 2 * ARMMS_MINUTES_PER_DAY)), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "employee_id");

      add_employee (span->employees, &id);
    }
  drop_repeated (span->employees);
  return TRUE;
}

static ArmmsDate
first_of_all (const ArmmsTimekeepingSettings *settings, ArmmsDate first_event, ArmmsDate through)
{
  ArmmsDate first = armms_date_is_none (first_event) || first_event.days > through.days ? through : first_event;

  return armms_period_of (settings->period_kind, settings->period_anchor, first).from;
}

/* The days move first, in a unit of their own: from its commit on, whoever judges sees them. */
static gboolean
open_sweep (ArmmsDb *db, const ArmmsActor *actor, ArmmsDate from, ArmmsDate through, ArmmsSwept *ret_swept, ArmmsSwept *ret_settled,
            GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_WRITE, actor, error);
  ArmmsTimekeepingSettings settings;
  g_autoptr(ArmmsRows) first = NULL, rows = NULL;

  if (work == NULL || !armms_timekeeping_settings_load (work, &settings, error) || !is_over (work, &settings, through, error))
    return FALSE;
  first = armms_work_query (work, "timekeeping/sweep-first", /* params= */ NULL, error);
  if (first == NULL)
    return FALSE;
  if (armms_date_is_none (from))
    from = first_of_all (&settings, armms_rows_date (first, 0, "first_day"), through);
  rows = armms_work_query (work, "timekeeping/sweep-open", armms_params_date (armms_params_date (armms_params_new (), from), through), error);
  if (rows == NULL)
    return FALSE;
  *ret_swept = (ArmmsSwept) { armms_rows_date (rows, 0, "swept_from"), armms_rows_date (rows, 0, "swept_through") };
  *ret_settled = (ArmmsSwept) { armms_rows_date (rows, 0, "settled_from"), armms_rows_date (rows, 0, "settled_through") };
  return armms_work_commit (work, error);
}

static gboolean
load_employees (ArmmsDb *db, const ArmmsActor *actor, Span *span, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_READ_FRESH, actor, error);
  ArmmsTimekeepingSettings settings;

  return work != NULL && armms_timekeeping_settings_load (work, &settings, error) && find_employees (work, &settings, span, error)
         && armms_work_commit (work, error);
}

static gboolean
settle_portion (ArmmsDb *db, const ArmmsActor *actor, const Span *span, guint first, guint n, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_WRITE, actor, error);
  g_autoptr(GArray) touches = g_array_sized_new (FALSE, TRUE, sizeof (ArmmsTouch), n);
  ArmmsDeriveFigures figures = { 0 };

  if (work == NULL)
    return FALSE;
  for (guint i = first; i < first + n; i++)
    {
      ArmmsTouch touch = { .employee_id = g_array_index (span->employees, ArmmsId, i), .at = ARMMS_INSTANT_NONE, .from = span->from,
                           .to = span->through, .sealed_span = TRUE };

      g_array_append_val (touches, touch);
    }
  return armms_derive_touched (work, touches, ARMMS_DERIVE_WRITE, &figures, error) && armms_work_commit (work, error);
}

static guint
portion_length (const GArray *employees, guint first)
{
  guint slot = armms_stream_slot_of (&g_array_index (employees, ArmmsId, first), ARMMS_DERIVE_SLOTS), n = 1;

  while (first + n < employees->len && n < MOST_EMPLOYEES
         && armms_stream_slot_of (&g_array_index (employees, ArmmsId, first + n), ARMMS_DERIVE_SLOTS) == slot)
    n++;
  return n;
}

static gboolean
close_sweep (ArmmsDb *db, const ArmmsActor *actor, const ArmmsSwept *swept, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_WRITE, actor, error);

  return work != NULL
         && armms_work_execute (work, "timekeeping/sweep-close",
                                armms_params_date (armms_params_date (armms_params_new (), swept->from), swept->through),
                                /* ret_count= */ NULL, error)
         && armms_work_commit (work, error);
}

static gboolean
settle_days (ArmmsDb *db, const ArmmsActor *actor, ArmmsDate from, ArmmsDate through, gboolean (*should_stop) (gpointer data), gpointer data,
             GError **error)
{
  g_autoptr(GArray) employees = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  Span span = { .from = from, .through = through, .employees = employees };
  guint n;

  if (from.days > through.days)
    return TRUE;
  if (!load_employees (db, actor, &span, error))
    return FALSE;
  for (guint first = 0; first < employees->len; first += n)
    {
      if (should_stop != NULL && should_stop (data))
        {
          armms_error_set (error, ARMMS_ERROR_CANCELLED, "job.stopped", "closing the days was stopped");
          return FALSE;
        }
      n = portion_length (employees, first);
      if (!settle_portion (db, actor, &span, first, n, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
armms_timekeeping_sweep (ArmmsDb *db, const ArmmsActor *actor, ArmmsDate from, ArmmsDate through, gboolean (*should_stop) (gpointer data),
                         gpointer data, GError **error)
{
  ArmmsSwept swept, settled;

  if (!open_sweep (db, actor, from, through, &swept, &settled, error))
    return FALSE;
  if (armms_date_is_none (settled.through))
    return settle_days (db, actor, swept.from, swept.through, should_stop, data, error) && close_sweep (db, actor, &swept, error);
  if (swept.from.days == settled.from.days && swept.through.days == settled.through.days)
    return TRUE;
  return settle_days (db, actor, swept.from, armms_date_add_days (settled.from, -1), should_stop, data, error)
         && settle_days (db, actor, armms_date_add_days (settled.through, 1), swept.through, should_stop, data, error)
         && close_sweep (db, actor, &swept, error);
}
