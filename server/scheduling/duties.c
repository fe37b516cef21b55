/* From assignments, reliefs and cancelled instances to planned duties: sets in, sets out. */
#include "server/scheduling/scheduling-private.h"

#include <stdlib.h>
#include <string.h>

/* A relief as it is needed here; sorted by whose post it is, then by start. */
typedef struct {
  ArmmsId relieved_id; /* nil: nobody's */
  ArmmsDate duty_date;
  ArmmsId relief_id, shift_instance_id, detachment_id, shift_id, position_id, reliever_id;
  ArmmsInstant starts_at, ends_at;
  gboolean absent;     /* the relieved one did not come, and nobody had excused him */
} Relief;

typedef struct {
  ArmmsDate duty_date;
  ArmmsId detachment_id, shift_id;
} Cancelled;

typedef struct {
  const ArmmsZone *zone;
  ArmmsDate from, to;
  GPtrArray *shifts, *detachments, *policies; /* owned */
  GArray *reliefs;    /* of Relief, owned */
  GArray *cancelled;  /* of Cancelled, owned: few */
  GArray *duties;     /* of ArmmsPlannedDuty, owned */
  GArray *rest_days;  /* of ArmmsRestDay, owned */
  GArray *relieved;   /* of ArmmsRelievedDuty, owned */
} Loader;

static void
loader_clear (Loader *loader)
{
  g_clear_pointer (&loader->shifts, g_ptr_array_unref);
  g_clear_pointer (&loader->detachments, g_ptr_array_unref);
  g_clear_pointer (&loader->policies, g_ptr_array_unref);
  g_clear_pointer (&loader->reliefs, g_array_unref);
  g_clear_pointer (&loader->cancelled, g_array_unref);
  g_clear_pointer (&loader->duties, g_array_unref);
  g_clear_pointer (&loader->rest_days, g_array_unref);
  g_clear_pointer (&loader->relieved, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loader, loader_clear)

static ArmmsParams *
span_params (const Loader *loader)
{
  return armms_params_date (armms_params_date (armms_params_new (), loader->from), loader->to);
}

/* Why he was relieved says whether he was absent: sickness is, until a leave with pay says otherwise. */
static gboolean
is_absence (const char *reason)
{
  return strcmp (reason, "ABSENT") == 0 || strcmp (reason, "SICK") == 0;
}

static gboolean
read_reliefs (Loader *loader, ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "scheduling/reliefs-between", span_params (loader), error);
  guint n;

  if (rows == NULL)
    return FALSE;
  n = armms_rows_count (rows);
  loader->reliefs = g_array_sized_new (FALSE, FALSE, sizeof (Relief), n);
  for (guint i = 0; i < n; i++)
    {
      Relief relief = {
        .relieved_id = armms_rows_id (rows, i, "relieved_id"),
        .duty_date = armms_rows_date (rows, i, "duty_date"),
        .relief_id = armms_rows_id (rows, i, "relief_id"),
        .shift_instance_id = armms_rows_id (rows, i, "shift_instance_id"),
        .detachment_id = armms_rows_id (rows, i, "detachment_id"),
        .shift_id = armms_rows_id (rows, i, "shift_id"),
        .position_id = armms_rows_id (rows, i, "position_id"),
        .reliever_id = armms_rows_id (rows, i, "reliever_id"),
        .starts_at = armms_rows_instant (rows, i, "starts_at"),
        .ends_at = armms_rows_instant (rows, i, "ends_at"),
        .absent = is_absence (armms_rows_text (rows, i, "reason")),
      };
      g_array_append_val (loader->reliefs, relief);
    }
  return TRUE;
}

static gboolean
read_cancelled (Loader *loader, ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "scheduling/instances-cancelled", span_params (loader), error);

  if (rows == NULL)
    return FALSE;
  loader->cancelled = g_array_new (FALSE, FALSE, sizeof (Cancelled));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      Cancelled cancelled = {
        .duty_date = armms_rows_date (rows, i, "duty_date"),
        .detachment_id = armms_rows_id (rows, i, "detachment_id"),
        .shift_id = armms_rows_id (rows, i, "shift_id"),
      };
      g_array_append_val (loader->cancelled, cancelled);
    }
  return TRUE;
}

static gboolean
is_cancelled (const Loader *loader, ArmmsDate date, const ArmmsId *detachment, const ArmmsId *shift)
{
  for (guint i = 0; i < loader->cancelled->len; i++)
    {
      const Cancelled *c = &g_array_index (loader->cancelled, Cancelled, i);

      if (c->duty_date.days == date.days && armms_id_equal (&c->detachment_id, detachment) && armms_id_equal (&c->shift_id, shift))
        return TRUE;
    }
  return FALSE;
}

static ArmmsPlannedBreak
break_mode_of (const ArmmsShift *shift, const ArmmsDetachment *detachment)
{
  const char *mode = shift->break_mode;

  if (detachment != NULL && detachment->meal_break != NULL && strcmp (detachment->meal_break, "SHIFT") != 0)
    mode = detachment->meal_break;
  if (strcmp (mode, "AUTO") == 0)
    return ARMMS_PLANNED_BREAK_AUTO;
  return strcmp (mode, "PUNCHED") == 0 ? ARMMS_PLANNED_BREAK_PUNCHED : ARMMS_PLANNED_BREAK_PAID;
}

/* Fills in what shift, detachment and policy say. FALSE: the shift is not known, so nobody can stand on it. */
static gboolean
plan_whole (const Loader *loader, ArmmsPlannedDuty *duty)
{
  const ArmmsShift *shift = armms_hr_find_shift (loader->shifts, &duty->shift_id);
  const ArmmsDetachment *detachment = armms_hr_find_detachment (loader->detachments, &duty->detachment_id);
  const ArmmsAttendancePolicy *policy = armms_scheduling_policy_on (loader->policies, &duty->detachment_id, duty->duty_date);

  if (shift == NULL)
    return FALSE;
  duty->starts_at = armms_zone_instant (loader->zone, duty->duty_date, shift->start_minute.count);
  duty->ends_at = armms_zone_instant (loader->zone, duty->duty_date, shift->end_minute.count);
  duty->break_mode = break_mode_of (shift, detachment);
  duty->break_minutes = shift->break_minutes.count;
  duty->break_at = ARMMS_INSTANT_NONE;
  if (duty->break_minutes > 0 && shift->break_start_minute.count != 0)
    duty->break_at = armms_zone_instant (loader->zone, duty->duty_date, shift->break_start_minute.count);
  duty->grace_in_minutes = shift->grace_in_minutes.count;
  duty->grace_out_minutes = shift->grace_out_minutes.count;
  duty->policy_id = policy != NULL ? policy->policy_id : ARMMS_ID_NIL;
  return TRUE;
}

/* Whole minutes of the planned break that lie before @instant. */
static gint32
break_minutes_before (const ArmmsPlannedDuty *whole, gint64 break_at, ArmmsInstant instant)
{
  return (gint32) CLAMP ((instant.us - break_at) / ARMMS_US_PER_MINUTE, 0, whole->break_minutes);
}

/* Whoever stands while the break is planned has it; where the duty changes hands in its midst each has his side of it. What
 * the parts have is the whole together, whatever the mode: taken out, or allowed. */
static void
share_break (const ArmmsPlannedDuty *whole, ArmmsPlannedDuty *part)
{
  gint64 middle = (whole->starts_at.us + whole->ends_at.us - whole->break_minutes * ARMMS_US_PER_MINUTE) / 2;
  gint64 at = armms_instant_is_none (whole->break_at) ? middle - middle % ARMMS_US_PER_MINUTE : whole->break_at.us;
  gint32 before = break_minutes_before (whole, at, part->starts_at);

  part->break_minutes = break_minutes_before (whole, at, part->ends_at) - before;
  part->break_at = part->break_minutes > 0 ? (ArmmsInstant) { at + before * ARMMS_US_PER_MINUTE } : ARMMS_INSTANT_NONE;
}

static ArmmsPlannedDuty
part_of (const ArmmsPlannedDuty *whole, ArmmsInstant starts_at, ArmmsInstant ends_at)
{
  ArmmsPlannedDuty part = *whole;

  part.starts_at = starts_at;
  part.ends_at = ends_at;
  if (starts_at.us != whole->starts_at.us || ends_at.us != whole->ends_at.us)
    share_break (whole, &part);
  return part;
}

static void
add_part (Loader *loader, const ArmmsPlannedDuty *whole, ArmmsInstant starts_at, ArmmsInstant ends_at)
{
  ArmmsPlannedDuty part;

  if (ends_at.us <= starts_at.us)
    return;
  part = part_of (whole, starts_at, ends_at);
  g_array_append_val (loader->duties, part);
}

static void
add_relieved (Loader *loader, const ArmmsPlannedDuty *whole, ArmmsInstant starts_at, ArmmsInstant ends_at, gboolean absent)
{
  ArmmsRelievedDuty relieved;

  if (ends_at.us <= starts_at.us)
    return;
  relieved = (ArmmsRelievedDuty) { part_of (whole, starts_at, ends_at), absent };
  g_array_append_val (loader->relieved, relieved);
}

static ArmmsInstant
later (ArmmsInstant a, ArmmsInstant b)
{
  return a.us > b.us ? a : b;
}

static ArmmsInstant
sooner (ArmmsInstant a, ArmmsInstant b)
{
  return a.us < b.us ? a : b;
}

static guint
first_relief_of (const Loader *loader, const ArmmsId *employee)
{
  guint low = 0, high = loader->reliefs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Relief *relief = &g_array_index (loader->reliefs, Relief, middle);

      /* those that relieve nobody stand at the end */
      if (!armms_id_is_nil (&relief->relieved_id) && armms_id_compare (&relief->relieved_id, employee) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* What is left of a duty after its relieved stretches, which are noted for themselves. */
static void
add_own_duty (Loader *loader, const ArmmsPlannedDuty *whole)
{
  ArmmsInstant at = whole->starts_at;

  for (guint i = first_relief_of (loader, &whole->employee_id); i < loader->reliefs->len; i++)
    {
      const Relief *relief = &g_array_index (loader->reliefs, Relief, i);

      if (!armms_id_equal (&relief->relieved_id, &whole->employee_id))
        break;
      if (relief->duty_date.days != whole->duty_date.days || !armms_id_equal (&relief->shift_id, &whole->shift_id)
          || !armms_id_equal (&relief->detachment_id, &whole->detachment_id))
        continue;
      add_part (loader, whole, at, sooner (relief->starts_at, whole->ends_at));
      add_relieved (loader, whole, later (at, relief->starts_at), sooner (relief->ends_at, whole->ends_at), relief->absent);
      at = later (at, relief->ends_at);
    }
  add_part (loader, whole, at, whole->ends_at);
}

static void
expand_assignment (Loader *loader, const ArmmsPlannedDuty *post, ArmmsDate from, ArmmsDate to, guint rest_bits)
{
  for (ArmmsDate date = from; date.days <= to.days; date.days++)
    {
      ArmmsPlannedDuty duty = *post;

      duty.duty_date = date;
      if (rest_bits & ARMMS_WEEKDAY_BIT (armms_date_weekday (date)))
        {
          ArmmsRestDay rest = { post->employee_id, date };
          g_array_append_val (loader->rest_days, rest);
        }
      else if (!is_cancelled (loader, date, &duty.detachment_id, &duty.shift_id) && plan_whole (loader, &duty))
        add_own_duty (loader, &duty);
    }
}

static gboolean
add_own_duties (Loader *loader, ArmmsWork *work, const ArmmsId *employees, gsize n, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();
  int assignment_id, employee_id, detachment_id, shift_id, position_id, valid_from, valid_to, rest_weekdays;

  if (n > 0)
    armms_params_ids (params, employees, n);
  armms_params_date (armms_params_date (params, loader->from), loader->to);
  rows = armms_work_query (work, n > 0 ? "scheduling/assignments-between" : "scheduling/assignments-between-all", params, error);
  if (rows == NULL)
    return FALSE;
  assignment_id = armms_rows_column (rows, "assignment_id");
  employee_id = armms_rows_column (rows, "employee_id");
  detachment_id = armms_rows_column (rows, "detachment_id");
  shift_id = armms_rows_column (rows, "shift_id");
  position_id = armms_rows_column (rows, "position_id");
  valid_from = armms_rows_column (rows, "valid_from");
  valid_to = armms_rows_column (rows, "valid_to");
  rest_weekdays = armms_rows_column (rows, "rest_weekdays");
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsDate from = armms_rows_date_at (rows, i, valid_from);
      ArmmsDate to = armms_rows_date_at (rows, i, valid_to);
      guint rest_bits = 0;
      ArmmsPlannedDuty post = {
        .assignment_id = armms_rows_id_at (rows, i, assignment_id),
        .employee_id = armms_rows_id_at (rows, i, employee_id),
        .detachment_id = armms_rows_id_at (rows, i, detachment_id),
        .shift_id = armms_rows_id_at (rows, i, shift_id),
        .position_id = armms_rows_id_at (rows, i, position_id),
      };

      if (!armms_weekdays_parse (armms_rows_text_at (rows, i, rest_weekdays), &rest_bits))
        rest_bits = 0; /* the table's check does not let it come to this */
      expand_assignment (loader, &post, from.days > loader->from.days ? from : loader->from,
                         armms_date_is_none (to) || to.days > loader->to.days ? loader->to : to, rest_bits);
    }
  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (a, b);
}

static int
compare_rest_days (gconstpointer a, gconstpointer b)
{
  const ArmmsRestDay *x = a, *y = b;
  int order = armms_id_compare (&x->employee_id, &y->employee_id);

  return order != 0 ? order : (x->date.days > y->date.days) - (x->date.days < y->date.days);
}

static int
compare_duties (gconstpointer a, gconstpointer b)
{
  const ArmmsPlannedDuty *x = a, *y = b;
  int order = armms_id_compare (&x->employee_id, &y->employee_id);

  if (order == 0)
    order = (x->starts_at.us > y->starts_at.us) - (x->starts_at.us < y->starts_at.us);
  return order != 0 ? order : armms_id_compare (&x->relief_id, &y->relief_id);
}

static void
add_relief_duty (Loader *loader, const Relief *relief)
{
  ArmmsRestDay key = { relief->reliever_id, relief->duty_date };
  ArmmsPlannedDuty duty = {
    .employee_id = relief->reliever_id,
    .duty_date = relief->duty_date,
    .relief_id = relief->relief_id,
    .shift_instance_id = relief->shift_instance_id,
    .detachment_id = relief->detachment_id,
    .shift_id = relief->shift_id,
    .position_id = relief->position_id,
  };

  if (is_cancelled (loader, duty.duty_date, &duty.detachment_id, &duty.shift_id) || !plan_whole (loader, &duty))
    return;
  duty.rest_day = loader->rest_days->len > 0
                  && bsearch (&key, loader->rest_days->data, loader->rest_days->len, sizeof (ArmmsRestDay), compare_rest_days) != NULL;
  add_part (loader, &duty, relief->starts_at, relief->ends_at);
}

/* Assignments came by employee and first day, so the rest days are in order already, and the duties but for the reliefs. */
static void
add_relief_duties (Loader *loader, const ArmmsId *employees, gsize n)
{
  g_autofree ArmmsId *wanted = n > 0 ? g_memdup2 (employees, n * sizeof (ArmmsId)) : NULL;
  guint own = loader->duties->len;

  if (n > 0)
    qsort (wanted, n, sizeof (ArmmsId), compare_ids);
  for (guint i = 0; i < loader->reliefs->len; i++)
    {
      const Relief *relief = &g_array_index (loader->reliefs, Relief, i);

      if (n == 0 || bsearch (&relief->reliever_id, wanted, n, sizeof (ArmmsId), compare_ids) != NULL)
        add_relief_duty (loader, relief);
    }
  if (loader->duties->len > own)
    g_array_sort (loader->duties, compare_duties);
}

GArray *
armms_scheduling_load_duties (ArmmsWork *work, const ArmmsZone *zone, const ArmmsId *employees, gsize n, ArmmsDate from, ArmmsDate to,
                              GArray **ret_rest_days, GArray **ret_relieved, GError **error)
{
  g_auto(Loader) loader = {
    .zone = zone, .from = from, .to = to,
    .duties = g_array_new (FALSE, FALSE, sizeof (ArmmsPlannedDuty)),
    .rest_days = g_array_new (FALSE, FALSE, sizeof (ArmmsRestDay)),
    .relieved = g_array_new (FALSE, FALSE, sizeof (ArmmsRelievedDuty)),
  };

  if ((loader.shifts = armms_hr_load_shifts (work, error)) == NULL
      || (loader.detachments = armms_hr_load_detachments (work, error)) == NULL
      || (loader.policies = armms_scheduling_load_policies (work, from, to, error)) == NULL
      || !read_reliefs (&loader, work, error)
      || !read_cancelled (&loader, work, error)
      || !add_own_duties (&loader, work, employees, n, error))
    return NULL;
  add_relief_duties (&loader, employees, n);
  if (ret_rest_days != NULL)
    *ret_rest_days = g_steal_pointer (&loader.rest_days);
  if (ret_relieved != NULL)
    *ret_relieved = g_steal_pointer (&loader.relieved);
  return g_steal_pointer (&loader.duties);
}
