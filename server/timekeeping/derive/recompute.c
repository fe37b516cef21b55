/* Everything derived, made again from clock events: by the same way, for everybody. */
#include "server/timekeeping/timekeeping.h"

#include "server/platform/stream/stream.h"
#include "server/scheduling/scheduling.h"
#include "server/timekeeping/derive/reader.h"

#define MOST_EMPLOYEES 200

typedef struct {
  ArmmsDate from, to;
  GArray *employees; /* of ArmmsId, by slot */
} Extent;

static int
compare_by_slot (gconstpointer a, gconstpointer b)
{
  guint x = armms_stream_slot_of (a, ARMMS_DERIVE_SLOTS), y = armms_stream_slot_of (b, ARMMS_DERIVE_SLOTS);

  return x != y ? (x < y ? -1 : 1) : armms_id_compare (a, b);
}

/* Who was planned on days of which absence is told has lines without any event. */
static gboolean
add_planned (ArmmsWork *work, Extent *extent, GError **error)
{
  ArmmsTimekeepingSettings settings;
  g_autoptr(GArray) duties = NULL, relieved = NULL;
  ArmmsSwept swept;
  guint kept = 0;

  if (!armms_timekeeping_settings_load (work, &settings, error) || !armms_derive_load_swept (work, &swept, error))
    return FALSE;
  if (!armms_date_is_none (swept.through))
    {
      duties = armms_scheduling_load_duties (work, settings.zone, /* employees= */ NULL, 0, armms_date_add_days (swept.from, -8), swept.through,
                                             /* ret_rest_days= */ NULL, &relieved, error);
      if (duties == NULL)
        return FALSE;
      if (armms_date_is_none (extent->from))
        {
          extent->from = swept.from;
          extent->to = swept.through;
        }
      for (guint i = 0; i < duties->len; i++)
        g_array_append_val (extent->employees, g_array_index (duties, ArmmsPlannedDuty, i).employee_id);
      for (guint i = 0; i < relieved->len; i++)
        g_array_append_val (extent->employees, g_array_index (relieved, ArmmsRelievedDuty, i).duty.employee_id);
    }
  g_array_sort (extent->employees, compare_by_slot);
  for (guint i = 0; i < extent->employees->len; i++)
    if (kept == 0 || !armms_id_equal (&g_array_index (extent->employees, ArmmsId, kept - 1), &g_array_index (extent->employees, ArmmsId, i)))
      g_array_index (extent->employees, ArmmsId, kept++) = g_array_index (extent->employees, ArmmsId, i);
  g_array_set_size (extent->employees, kept);
  return TRUE;
}

/* Who has an event, a line or an anomaly, and the days between the first and the last of all. */
static gboolean
find_extent (ArmmsDb *db, const ArmmsActor *actor, Extent *extent, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_READ_FRESH, actor, error);
  g_autoptr(ArmmsRows) rows = NULL;

  if (work == NULL)
    return FALSE;
  rows = armms_work_query (work, "timekeeping/recompute-extent", /* params= */ NULL, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "employee_id");

      extent->from = armms_rows_date (rows, i, "first_day");
      extent->to = armms_rows_date (rows, i, "last_day");
      g_array_append_val (extent->employees, id);
    }
  return add_planned (work, extent, error) && armms_work_commit (work, error);
}

static gboolean
recompute_portion (ArmmsDb *db, const ArmmsActor *actor, const Extent *extent, guint first, guint n, ArmmsDeriveMode mode,
                   ArmmsDeriveFigures *figures, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_WRITE, actor, error);
  g_autoptr(GArray) touches = g_array_sized_new (FALSE, TRUE, sizeof (ArmmsTouch), n);
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autoptr(ArmmsRows) rows = NULL;

  if (work == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      ArmmsTouch touch = { .at = ARMMS_INSTANT_NONE, .from = extent->from, .to = extent->to, .sealed_span = TRUE };

      touch.employee_id = ids[i] = g_array_index (extent->employees, ArmmsId, first + i);
      g_array_append_val (touches, touch);
    }
  if (!armms_derive_touched (work, touches, mode, figures, error))
    return FALSE;
  rows = armms_work_query (work, "timekeeping/recompute-sums", armms_params_ids (armms_params_new (), ids, n), error);
  if (rows == NULL)
    return FALSE;
  /* Writing puts sums right with the lines; here is left what hangs on no line that differs. */
  figures->timesheets += armms_rows_count (rows);
  return armms_work_commit (work, error);
}

static gboolean
recompute_strays (ArmmsDb *db, const ArmmsActor *actor, ArmmsDeriveMode mode, ArmmsDeriveFigures *figures, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_WRITE, actor, error);
  g_autoptr(GArray) strays = g_array_new (FALSE, TRUE, sizeof (ArmmsStrayEvent));
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsTimekeepingSettings settings;

  if (work == NULL || !armms_timekeeping_settings_load (work, &settings, error))
    return FALSE;
  rows = armms_work_query (work, "timekeeping/recompute-strays", /* params= */ NULL, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsStrayEvent stray = {
        .clock_event_id = armms_rows_id (rows, i, "clock_event_id"), .device_id = armms_rows_id (rows, i, "device_id"),
        .event_id = armms_rows_id (rows, i, "event_id"), .detachment_id = armms_rows_id (rows, i, "detachment_id"),
        .event_ts = armms_rows_instant (rows, i, "event_ts"), .type = armms_rows_text (rows, i, "type"),
        .employee_ref = armms_rows_text (rows, i, "employee_ref"),
      };

      g_array_append_val (strays, stray);
    }
  return armms_derive_strays (work, &settings, (const ArmmsStrayEvent *) (gpointer) strays->data, strays->len, mode, figures, error)
         && armms_work_commit (work, error);
}

gboolean
armms_timekeeping_recompute (ArmmsDb *db, const ArmmsActor *actor, ArmmsDeriveMode mode, ArmmsDeriveFigures *figures, GError **error)
{
  g_autoptr(GArray) employees = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  Extent extent = { .employees = employees, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE };

  if (!find_extent (db, actor, &extent, error))
    return FALSE;
  for (guint first = 0; first < employees->len; first += MOST_EMPLOYEES)
    if (!recompute_portion (db, actor, &extent, first, MIN (MOST_EMPLOYEES, employees->len - first), mode, figures, error))
      return FALSE;
  return recompute_strays (db, actor, mode, figures, error);
}
