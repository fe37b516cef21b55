#include "server/timekeeping/derive/derive-private.h"

#include "server/platform/outbox/outbox.h"
#include "server/platform/stream/stream.h"
#include "server/timekeeping/derive/columns.h"

#include <string.h>

/* What a pass found, as it shall stand. Strings are interned or owned by the chunk. */
typedef struct {
  ArmmsId id;
  const ArmmsPunchOrigin *origin;
  ArmmsId employee_id, duty_detachment_id, shift_id, position_id, assignment_id, relief_id;
  ArmmsDate duty_date;
  ArmmsInstant adjusted_ts;
  const char *adjusted_type;
  const char *status;
  const char *codes;
  const char *employee_ref;
  gint64 hash;
} Log;

typedef struct {
  ArmmsId id, employee_id;
  const ArmmsDuty *duty;
  const ArmmsDayLine *line;
  const char *cells;
  const char *codes;
  gint64 hash;
} Line;

typedef struct {
  ArmmsId id, employee_id, time_log_id, detachment_id, shift_id, position_id;
  ArmmsDate duty_date;
  gint32 minutes;
  ArmmsAnomalyCode code;
  const char *employee_ref;
} Anomaly;

typedef struct {
  ArmmsId id, employee_id, detachment_id, shift_id, position_id;
  ArmmsPeriod period;
} Sheet;

/* What stands. */
typedef struct {
  ArmmsId id, employee_id, detachment_id, shift_id, position_id;
  ArmmsDate duty_date;
  gint64 hash;
  gboolean seen;
} Known;

typedef struct {
  ArmmsPass *pass;
  GStringChunk *texts;
  GArray *logs, *lines, *anomalies, *sheets; /* that differ */
  GArray *gone_lines;                        /* of Known */
  GArray *gone_anomalies;                    /* of ArmmsId */
  GHashTable *known_logs, *known_lines, *known_anomalies, *sheet_ids;
} Store;

static void
store_clear (Store *store)
{
  g_string_chunk_free (store->texts);
  g_array_unref (store->logs);
  g_array_unref (store->lines);
  g_array_unref (store->anomalies);
  g_array_unref (store->sheets);
  g_array_unref (store->gone_lines);
  g_array_unref (store->gone_anomalies);
  g_clear_pointer (&store->known_logs, g_hash_table_unref);
  g_clear_pointer (&store->known_lines, g_hash_table_unref);
  g_clear_pointer (&store->known_anomalies, g_hash_table_unref);
  g_hash_table_unref (store->sheet_ids);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Store, store_clear)

static void
store_init (Store *store, ArmmsPass *pass)
{
  *store = (Store) {
    .pass = pass,
    .texts = g_string_chunk_new (4096),
    .logs = g_array_new (FALSE, FALSE, sizeof (Log)),
    .lines = g_array_new (FALSE, FALSE, sizeof (Line)),
    .anomalies = g_array_new (FALSE, FALSE, sizeof (Anomaly)),
    .sheets = g_array_new (FALSE, FALSE, sizeof (Sheet)),
    .gone_lines = g_array_new (FALSE, FALSE, sizeof (Known)),
    .gone_anomalies = g_array_new (FALSE, FALSE, sizeof (ArmmsId)),
    .sheet_ids = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, NULL),
  };
}

/* ---- hashes and keys -------------------------------------------------------------------------------------------- */

/* Not against malice, only to see whether a row differs; the XOR of a timesheet's lines must not cancel out by pattern. */
static guint64
mix (guint64 hash, guint64 value)
{
  hash ^= value + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + (hash << 6) + (hash >> 2);
  hash ^= hash >> 30;
  hash *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  hash ^= hash >> 27;
  hash *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return hash ^ (hash >> 31);
}

static guint64
mix_id (guint64 hash, const ArmmsId *id)
{
  guint64 halves[2];

  memcpy (halves, id->bytes, sizeof halves);
  return mix (mix (hash, halves[0]), halves[1]);
}

static guint64
mix_text (guint64 hash, const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    hash = mix (hash, (guint64) (guchar) *text);
  return mix (hash, text == NULL);
}

static const ArmmsId name_space = { { 't', 'i', 'm', 'e', 'k', 'e', 'e', 'p', 'i', 'n', 'g', '.', 'd', 'e', 'r', '1' } };

/* "kind" and the bytes of what it is made from, as hexadecimal digits. */
static ArmmsId
id_from_parts (const char *kind, const ArmmsId *const *ids, guint n, ArmmsDate date, const char *tail)
{
  static const char digits[] = "0123456789abcdef";
  char name[16 + 5 * 33 + 16 + 32];
  char *end = g_stpcpy (name, kind);

  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < sizeof ids[i]->bytes; j++)
        {
          *end++ = digits[ids[i]->bytes[j] >> 4];
          *end++ = digits[ids[i]->bytes[j] & 15];
        }
      *end++ = '.';
    }
  g_snprintf (end, (gulong) (name + sizeof name - end), "%d.%s", date.days, tail);
  return armms_id_from_name (&name_space, name);
}

static ArmmsId
line_id_of (const ArmmsId *employee_id, ArmmsDate duty_date, const ArmmsDuty *duty, const ArmmsId *relief_id)
{
  const ArmmsId *ids[] = { employee_id, &duty->detachment_id, &duty->shift_id, &duty->position_id, relief_id };

  return id_from_parts ("line.", ids, 5, duty_date, "");
}

ArmmsId
armms_timesheet_id (const ArmmsId *employee_id, ArmmsDate period_from, const ArmmsId *detachment_id,
                    const ArmmsId *shift_id, const ArmmsId *position_id)
{
  const ArmmsId *ids[] = { employee_id, detachment_id, shift_id, position_id };

  return id_from_parts ("sheet.", ids, 4, period_from, "");
}

static ArmmsId
anomaly_id_of (const ArmmsId *subject, ArmmsAnomalyCode code)
{
  return id_from_parts ("anomaly.", &subject, 1, (ArmmsDate) { 0 }, armms_anomaly_code_name (code));
}

/* ---- what differs ----------------------------------------------------------------------------------------------- */

static const char *
codes_text (Store *store, guint32 codes)
{
  char text[512] = "", *end = text;

  if (codes == 0)
    return "";
  for (guint code = 0; code < ARMMS_N_ANOMALY_CODES; code++)
    if (codes & (1u << code))
      {
        if (end != text)
          *end++ = ',';
        end = g_stpcpy (end, armms_anomaly_code_name ((ArmmsAnomalyCode) code));
      }
  return g_string_chunk_insert_const (store->texts, text);
}

static const char *
cells_text (Store *store, const gint32 *cells)
{
  char text[2048], *end = text;

  *end++ = '{';
  for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
    if (cells[cell] != 0)
      end += g_snprintf (end, (gulong) (text + sizeof text - end), "%s\"%s\":%d", end == text + 1 ? "" : ",",
                         armms_cell_name ((ArmmsCell) cell), cells[cell]);
  *end++ = '}';
  *end = '\0';
  return g_string_chunk_insert_const (store->texts, text);
}

static void
touch_sheet (Store *store, const ArmmsId *employee_id, ArmmsDate duty_date, const ArmmsId *detachment_id, const ArmmsId *shift_id,
             const ArmmsId *position_id)
{
  const ArmmsTimekeepingSettings *settings = store->pass->settings;
  Sheet sheet = { .employee_id = *employee_id, .detachment_id = *detachment_id, .shift_id = *shift_id, .position_id = *position_id };

  sheet.period = armms_period_of (settings->period_kind, settings->period_anchor, duty_date);
  if (store->sheets->len > 0)
    {
      const Sheet *last = &g_array_index (store->sheets, Sheet, store->sheets->len - 1);

      if (armms_id_equal (&last->employee_id, employee_id) && last->period.from.days == sheet.period.from.days
          && armms_id_equal (&last->detachment_id, detachment_id) && armms_id_equal (&last->shift_id, shift_id)
          && armms_id_equal (&last->position_id, position_id))
        return;
    }
  sheet.id = armms_timesheet_id (employee_id, sheet.period.from, detachment_id, shift_id, position_id);
  if (g_hash_table_add (store->sheet_ids, g_memdup2 (&sheet.id, sizeof sheet.id)))
    g_array_append_val (store->sheets, sheet);
}

static void
add_anomaly (Store *store, const Anomaly *anomaly)
{
  Known *known = g_hash_table_lookup (store->known_anomalies, &anomaly->id);

  if (known != NULL)
    known->seen = TRUE;
  if (known == NULL || known->hash != anomaly->minutes || known->duty_date.days != anomaly->duty_date.days
      || !armms_id_equal (&known->detachment_id, &anomaly->detachment_id))
    g_array_append_val (store->anomalies, *anomaly);
}

static void
add_punch_anomalies (Store *store, const ArmmsUnit *unit, const ArmmsPunch *punch, const ArmmsPunchOrigin *origin,
                     const ArmmsDuty *duty, ArmmsDate home)
{
  for (guint code = 0; code < ARMMS_N_ANOMALY_CODES; code++)
    if (punch->codes & (1u << code))
      {
        Anomaly anomaly = { .employee_id = unit->employee_id, .duty_date = home, .code = (ArmmsAnomalyCode) code,
                            .detachment_id = punch->detachment_id };

        anomaly.id = anomaly_id_of (&punch->id, anomaly.code);
        anomaly.time_log_id = origin->added ? ARMMS_ID_NIL : punch->id;
        if (duty != NULL)
          {
            anomaly.detachment_id = duty->detachment_id;
            anomaly.shift_id = duty->shift_id;
            anomaly.position_id = duty->position_id;
          }
        if (code == ARMMS_ANOMALY_CLOCK_SKEW)
          anomaly.minutes = ABS (punch->skew);
        add_anomaly (store, &anomaly);
      }
}

static gint64
hash_log (const Log *log)
{
  guint64 hash = mix_id (1, &log->employee_id);

  hash = mix_id (mix_id (mix_id (hash, &log->duty_detachment_id), &log->shift_id), &log->position_id);
  hash = mix_id (mix_id (mix_id (hash, &log->assignment_id), &log->relief_id), &log->origin->adjustment_id);
  hash = mix (mix (hash, (guint64) log->duty_date.days), (guint64) log->adjusted_ts.us);
  return (gint64) mix_text (mix_text (mix_text (hash, log->adjusted_type), log->status), log->codes);
}

static void
add_log (Store *store, const ArmmsUnit *unit, const ArmmsPunch *punch, const ArmmsPunchOrigin *origin, const ArmmsDuty *duty)
{
  Log log = { .id = punch->id, .origin = origin, .employee_id = unit->employee_id, .duty_date = ARMMS_DATE_NONE,
              .adjusted_ts = ARMMS_INSTANT_NONE };
  Known *known;

  if (duty != NULL)
    {
      log.duty_detachment_id = duty->detachment_id;
      log.shift_id = duty->shift_id;
      log.position_id = duty->position_id;
      log.assignment_id = duty->assignment_id;
      log.relief_id = duty->relief_id;
      log.duty_date = duty->duty_date;
    }
  if (punch->at.us != origin->event_ts.us)
    log.adjusted_ts = punch->at;
  if (punch->kind != origin->kind)
    log.adjusted_type = armms_punch_kind_name (punch->kind);
  log.status = armms_log_status_name (punch->status);
  log.codes = codes_text (store, punch->codes);
  log.hash = hash_log (&log);
  known = g_hash_table_lookup (store->known_logs, &log.id);
  if (known == NULL || known->hash != log.hash)
    g_array_append_val (store->logs, log);
}

static gint64
hash_line (const Line *line)
{
  const ArmmsDayLine *l = line->line;
  guint64 hash = mix_id (2, &line->id);

  hash = mix (mix_id (hash, &line->duty->assignment_id), (guint64) l->state);
  hash = mix (mix (hash, l->unplanned ? 0 : (guint64) line->duty->starts_at.us), l->unplanned ? 0 : (guint64) line->duty->ends_at.us);
  hash = mix (mix (hash, (guint64) l->in_at.us), (guint64) l->out_at.us);
  hash = mix (hash, ((guint64) l->scheduled << 40) ^ ((guint64) l->worked << 20) ^ (guint64) l->night);
  hash = mix (hash, ((guint64) l->late << 40) ^ ((guint64) l->undertime << 20) ^ (guint64) l->absent);
  hash = mix (hash, ((guint64) l->leave_paid << 40) ^ ((guint64) l->leave_unpaid << 20) ^ (guint64) l->breaks);
  hash = mix (hash, ((guint64) l->holiday_unworked << 1) ^ (guint64) (l->rest_day != FALSE));
  for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
    if (l->cells[cell] != 0)
      hash = mix (hash, ((guint64) cell << 32) ^ (guint64) l->cells[cell]);
  return (gint64) mix (hash, l->codes);
}

static void
add_line_anomalies (Store *store, const Line *line, guint32 told)
{
  guint32 codes = line->line->codes & ~told;

  for (guint code = 0; code < ARMMS_N_ANOMALY_CODES; code++)
    if (codes & (1u << code))
      {
        Anomaly anomaly = { .employee_id = line->employee_id, .duty_date = line->line->duty_date, .code = (ArmmsAnomalyCode) code,
                            .detachment_id = line->duty->detachment_id, .shift_id = line->duty->shift_id,
                            .position_id = line->duty->position_id };

        anomaly.id = anomaly_id_of (&line->id, anomaly.code);
        anomaly.minutes = armms_day_line_code_minutes (line->line, anomaly.code);
        add_anomaly (store, &anomaly);
      }
}

/* What punches of the line's duty told already is not told again by the line. */
static guint32
codes_told (const ArmmsPass *pass, const ArmmsUnit *unit, const ArmmsDayLine *line)
{
  guint32 told = 0;

  for (guint i = 0; i < unit->n_punches; i++)
    {
      const ArmmsPunch *punch = &g_array_index (pass->punches, ArmmsPunch, unit->first_punch + i);

      if (punch->duty == line->duty)
        told |= punch->codes;
    }
  return told;
}

static void
add_line (Store *store, const ArmmsUnit *unit, const ArmmsDayLine *day)
{
  ArmmsPass *pass = store->pass;
  const ArmmsId own_post = ARMMS_ID_NIL;
  Line line = { .employee_id = unit->employee_id, .line = day };
  Known *known;

  line.duty = &g_array_index (pass->duties, ArmmsDuty, unit->first_duty + (guint) day->duty);
  line.id = line_id_of (&line.employee_id, day->duty_date, line.duty, day->unplanned ? &own_post : &line.duty->relief_id);
  line.hash = hash_line (&line);
  if (day->codes != 0)
    add_line_anomalies (store, &line, day->unplanned ? 0 : codes_told (pass, unit, day));
  known = g_hash_table_lookup (store->known_lines, &line.id);
  if (known != NULL)
    known->seen = TRUE;
  if (known != NULL && known->hash == line.hash)
    return;
  line.codes = codes_text (store, day->codes);
  line.cells = cells_text (store, day->cells);
  g_array_append_val (store->lines, line);
  touch_sheet (store, &line.employee_id, day->duty_date, &line.duty->detachment_id, &line.duty->shift_id, &line.duty->position_id);
}

static void
compare_unit (Store *store, const ArmmsUnit *unit)
{
  ArmmsPass *pass = store->pass;

  for (guint i = 0; i < unit->n_punches; i++)
    {
      const ArmmsPunch *punch = &g_array_index (pass->punches, ArmmsPunch, unit->first_punch + i);
      const ArmmsPunchOrigin *origin = &g_array_index (pass->origins, ArmmsPunchOrigin, GPOINTER_TO_UINT (punch->data));
      const ArmmsDuty *duty = punch->duty < 0 ? NULL : &g_array_index (pass->duties, ArmmsDuty, unit->first_duty + (guint) punch->duty);
      ArmmsDate home = armms_pass_home_of (pass, unit, punch);

      if (home.days < unit->from.days || home.days > unit->to.days)
        continue;
      if (!origin->added)
        add_log (store, unit, punch, origin, duty);
      if (punch->codes != 0)
        add_punch_anomalies (store, unit, punch, origin, duty, home);
    }
  for (guint i = 0; i < unit->n_lines; i++)
    add_line (store, unit, &g_array_index (pass->lines, ArmmsDayLine, unit->first_line + i));
}

/* ---- what stands ------------------------------------------------------------------------------------------------ */

static GHashTable *
read_known (ArmmsRows *rows, const char *id_column, gboolean with_keys)
{
  GHashTable *table = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, /* key_destroy= */ NULL, g_free);
  int id = armms_rows_column (rows, id_column), hash = armms_rows_column (rows, "hash");
  int date = with_keys ? armms_rows_column (rows, "duty_date") : -1, detachment = with_keys ? armms_rows_column (rows, "detachment_id") : -1;
  int employee = with_keys ? armms_rows_column (rows, "employee_id") : -1, shift = with_keys ? armms_rows_column (rows, "shift_id") : -1;
  int position = with_keys ? armms_rows_column (rows, "position_id") : -1;

  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      Known *known = g_new0 (Known, 1);

      known->id = armms_rows_id_at (rows, i, id);
      known->hash = armms_rows_integer_at (rows, i, hash);
      if (with_keys)
        {
          known->duty_date = armms_rows_date_at (rows, i, date);
          known->employee_id = armms_rows_id_at (rows, i, employee);
          known->detachment_id = armms_rows_id_at (rows, i, detachment);
          known->shift_id = armms_rows_id_at (rows, i, shift);
          known->position_id = armms_rows_id_at (rows, i, position);
        }
      g_hash_table_insert (table, &known->id, known);
    }
  return table;
}

static GHashTable *
load_known_of_days (ArmmsPass *pass, const char *statement, const char *id_column, GError **error)
{
  ArmmsParams *params = armms_params_new ();
  g_autoptr(ArmmsRows) rows = NULL;

  ARMMS_COLUMN_IDS (params, pass->units, ArmmsUnit, row->employee_id);
  ARMMS_COLUMN_DATES (params, pass->units, ArmmsUnit, row->from);
  ARMMS_COLUMN_DATES (params, pass->units, ArmmsUnit, row->to);
  rows = armms_work_query (pass->work, statement, params, error);
  return rows == NULL ? NULL : read_known (rows, id_column, TRUE);
}

static GHashTable *
load_known_logs (ArmmsPass *pass, GError **error)
{
  ArmmsParams *params = armms_params_new ();
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsInstant first = { G_MAXINT64 }, last = { G_MININT64 };

  for (guint i = 0; i < pass->units->len; i++)
    {
      first.us = MIN (first.us, g_array_index (pass->units, ArmmsUnit, i).events_from.us);
      last.us = MAX (last.us, g_array_index (pass->units, ArmmsUnit, i).events_to.us);
    }
  ARMMS_COLUMN_IDS (params, pass->units, ArmmsUnit, row->employee_id);
  ARMMS_COLUMN_INSTANTS (params, pass->units, ArmmsUnit, row->events_from);
  ARMMS_COLUMN_INSTANTS (params, pass->units, ArmmsUnit, row->events_to);
  armms_params_instant (armms_params_instant (params, first), last);
  rows = armms_work_query (pass->work, "timekeeping/derive-known-logs", params, error);
  return rows == NULL ? NULL : read_known (rows, "time_log_id", FALSE);
}

static gboolean
load_known (Store *store, GError **error)
{
  store->known_logs = load_known_logs (store->pass, error);
  if (store->known_logs == NULL)
    return FALSE;
  store->known_lines = load_known_of_days (store->pass, "timekeeping/derive-known-lines", "dtr_line_id", error);
  if (store->known_lines == NULL)
    return FALSE;
  store->known_anomalies = load_known_of_days (store->pass, "timekeeping/derive-known-anomalies", "anomaly_id", error);
  return store->known_anomalies != NULL;
}

static void
find_gone (Store *store)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, store->known_lines);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Known *known = value;

      if (known->seen)
        continue;
      g_array_append_val (store->gone_lines, *known);
      touch_sheet (store, &known->employee_id, known->duty_date, &known->detachment_id, &known->shift_id, &known->position_id);
    }
  g_hash_table_iter_init (&iter, store->known_anomalies);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((const Known *) value)->seen)
      g_array_append_val (store->gone_anomalies, ((const Known *) value)->id);
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

static int
compare_sheets (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (&((const Sheet *) a)->id, &((const Sheet *) b)->id);
}

static int
compare_anomalies (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (&((const Anomaly *) a)->id, &((const Anomaly *) b)->id);
}

static gboolean
write_logs (ArmmsWork *work, const GArray *logs, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  ARMMS_COLUMN_IDS (params, logs, Log, row->id);
  ARMMS_COLUMN_INSTANTS (params, logs, Log, row->origin->event_ts);
  ARMMS_COLUMN_IDS (params, logs, Log, row->origin->device_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->origin->event_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->employee_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->origin->detachment_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->duty_detachment_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->shift_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->position_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->assignment_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->relief_id);
  ARMMS_COLUMN_IDS (params, logs, Log, row->origin->adjustment_id);
  ARMMS_COLUMN_INSTANTS (params, logs, Log, row->adjusted_ts);
  ARMMS_COLUMN_INTEGERS (params, logs, Log, row->hash);
  ARMMS_COLUMN_DATES (params, logs, Log, row->duty_date);
  ARMMS_COLUMN_TEXTS (params, logs, Log, armms_punch_kind_name (row->origin->kind));
  ARMMS_COLUMN_TEXTS (params, logs, Log, row->status);
  ARMMS_COLUMN_TEXTS (params, logs, Log, row->adjusted_type);
  ARMMS_COLUMN_TEXTS (params, logs, Log, row->codes);
  return armms_work_execute (work, "timekeeping/time-logs-put", params, /* ret_count= */ NULL, error);
}

static gboolean
write_lines (ArmmsWork *work, const GArray *lines, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  ARMMS_COLUMN_IDS (params, lines, Line, row->employee_id);
  ARMMS_COLUMN_DATES (params, lines, Line, row->line->duty_date);
  ARMMS_COLUMN_IDS (params, lines, Line, row->duty->detachment_id);
  ARMMS_COLUMN_IDS (params, lines, Line, row->duty->shift_id);
  ARMMS_COLUMN_IDS (params, lines, Line, row->duty->position_id);
  ARMMS_COLUMN_IDS (params, lines, Line, row->line->unplanned ? ARMMS_ID_NIL : row->duty->relief_id);
  ARMMS_COLUMN_IDS (params, lines, Line, row->id);
  ARMMS_COLUMN_IDS (params, lines, Line, row->duty->assignment_id);
  ARMMS_COLUMN_INSTANTS (params, lines, Line, row->line->unplanned ? ARMMS_INSTANT_NONE : row->duty->starts_at);
  ARMMS_COLUMN_INSTANTS (params, lines, Line, row->line->unplanned ? ARMMS_INSTANT_NONE : row->duty->ends_at);
  ARMMS_COLUMN_INSTANTS (params, lines, Line, row->line->in_at);
  ARMMS_COLUMN_INSTANTS (params, lines, Line, row->line->out_at);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->hash);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->scheduled);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->worked);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->regular);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->overtime);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->night);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->late);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->undertime);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->absent);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->leave_paid);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->leave_unpaid);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->breaks);
  ARMMS_COLUMN_INTEGERS (params, lines, Line, row->line->holiday_unworked);
  ARMMS_COLUMN_BOOLEANS (params, lines, Line, row->line->rest_day);
  ARMMS_COLUMN_TEXTS (params, lines, Line, armms_day_state_name (row->line->state));
  ARMMS_COLUMN_JSONS (params, lines, Line, row->cells);
  ARMMS_COLUMN_TEXTS (params, lines, Line, row->codes);
  return armms_work_execute (work, "timekeeping/dtr-lines-put", params, /* ret_count= */ NULL, error);
}

static gboolean
write_anomalies (ArmmsWork *work, GArray *anomalies, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  g_array_sort (anomalies, compare_anomalies);
  ARMMS_COLUMN_IDS (params, anomalies, Anomaly, row->id);
  ARMMS_COLUMN_IDS (params, anomalies, Anomaly, row->employee_id);
  ARMMS_COLUMN_DATES (params, anomalies, Anomaly, row->duty_date);
  ARMMS_COLUMN_IDS (params, anomalies, Anomaly, row->time_log_id);
  ARMMS_COLUMN_IDS (params, anomalies, Anomaly, row->detachment_id);
  ARMMS_COLUMN_IDS (params, anomalies, Anomaly, row->shift_id);
  ARMMS_COLUMN_IDS (params, anomalies, Anomaly, row->position_id);
  ARMMS_COLUMN_INTEGERS (params, anomalies, Anomaly, row->minutes);
  ARMMS_COLUMN_TEXTS (params, anomalies, Anomaly, armms_anomaly_code_name (row->code));
  ARMMS_COLUMN_TEXTS (params, anomalies, Anomaly, armms_severity_name (armms_anomaly_severity (row->code)));
  ARMMS_COLUMN_TEXTS (params, anomalies, Anomaly, row->employee_ref);
  return armms_work_execute (work, "timekeeping/anomalies-put", params, /* ret_count= */ NULL, error);
}

static gboolean
remove_lines (ArmmsWork *work, const GArray *lines, GError **error)
{
  ArmmsParams *params;

  if (lines->len == 0)
    return TRUE;
  params = armms_params_new ();
  ARMMS_COLUMN_IDS (params, lines, Known, row->id);
  ARMMS_COLUMN_DATES (params, lines, Known, row->duty_date);
  return armms_work_execute (work, "timekeeping/dtr-lines-remove", params, /* ret_count= */ NULL, error);
}

static gboolean
remove_anomalies (ArmmsWork *work, const GArray *ids, GError **error)
{
  return ids->len == 0
         || armms_work_execute (work, "timekeeping/anomalies-remove",
                                armms_params_ids (armms_params_new (), (const ArmmsId *) (gconstpointer) ids->data, ids->len),
                                /* ret_count= */ NULL, error);
}

static gboolean
write_sheets (ArmmsWork *work, GArray *sheets, guint64 *ret_count, GError **error)
{
  ArmmsParams *params = armms_params_new ();
  gint64 count = 0;

  g_array_sort (sheets, compare_sheets);
  ARMMS_COLUMN_IDS (params, sheets, Sheet, row->id);
  ARMMS_COLUMN_IDS (params, sheets, Sheet, row->employee_id);
  ARMMS_COLUMN_DATES (params, sheets, Sheet, row->period.from);
  ARMMS_COLUMN_DATES (params, sheets, Sheet, row->period.to);
  ARMMS_COLUMN_IDS (params, sheets, Sheet, row->detachment_id);
  ARMMS_COLUMN_IDS (params, sheets, Sheet, row->shift_id);
  ARMMS_COLUMN_IDS (params, sheets, Sheet, row->position_id);
  if (!armms_work_execute (work, "timekeeping/timesheets-refresh", params, &count, error))
    return FALSE;
  *ret_count += (guint64) count;
  return TRUE;
}

/* Sums of lines that are gone: zero where it was sealed once, else no row at all. */
static gboolean
empty_sheets (Store *store, GError **error)
{
  ArmmsParams *params;

  if (store->gone_lines->len == 0)
    return TRUE;
  params = armms_params_new ();
  ARMMS_COLUMN_IDS (params, store->sheets, Sheet, row->id);
  return armms_work_execute (store->pass->work, "timekeeping/timesheets-empty", params, /* ret_count= */ NULL, error);
}

/* ---- telling ---------------------------------------------------------------------------------------------------- */

/* One event of each sort for a batch, with the keys: whoever wants the rows asks for them. */
static void
tell (GPtrArray *events, const char *schema, const char *type, const char *member, GArray *rows, gsize row_size)
{
  GString *payload;
  ArmmsId id = armms_id_new ();

  if (rows->len == 0)
    return;
  payload = g_string_new (NULL);
  g_string_append_printf (payload, "{\"%s\":[", member);
  for (guint i = 0; i < rows->len; i++)
    {
      char text[ARMMS_ID_TEXT_SIZE];

      /* The id is the first member of each row. */
      g_string_append_printf (payload, "%s\"%s\"", i > 0 ? "," : "",
                              armms_id_format ((const ArmmsId *) (gconstpointer) (rows->data + i * row_size), text));
    }
  g_string_append (payload, "]}");
  g_ptr_array_add (events, armms_event_new (schema, type, &id, 1, &id, g_string_free (payload, FALSE)));
}

static gboolean
tell_all (Store *store, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  tell (events, "armms.timekeeping.TimeLogCreated.v1", "time-log-batch", "time_log_ids", store->logs, sizeof (Log));
  tell (events, "armms.timekeeping.DTRLineReady.v1", "dtr-line-batch", "dtr_line_ids", store->lines, sizeof (Line));
  tell (events, "armms.timekeeping.TimesheetDrafted.v1", "timesheet-batch", "timesheet_ids", store->sheets, sizeof (Sheet));
  return events->len == 0 || armms_outbox_append (store->pass->work, "timekeeping", events, error);
}

static void
count_differences (const Store *store)
{
  ArmmsDeriveFigures *figures = store->pass->figures;

  figures->logs += store->logs->len;
  figures->lines += store->lines->len;
  figures->lines_gone += store->gone_lines->len;
  figures->anomalies += store->anomalies->len;
  figures->anomalies_gone += store->gone_anomalies->len;
}

static gboolean
write_all (Store *store, GError **error)
{
  ArmmsPass *pass = store->pass;

  return (store->logs->len == 0 || write_logs (pass->work, store->logs, error))
         && remove_lines (pass->work, store->gone_lines, error)
         && (store->lines->len == 0 || write_lines (pass->work, store->lines, error))
         && remove_anomalies (pass->work, store->gone_anomalies, error)
         && (store->anomalies->len == 0 || write_anomalies (pass->work, store->anomalies, error))
         && (store->sheets->len == 0 || write_sheets (pass->work, store->sheets, &pass->figures->timesheets, error))
         && empty_sheets (store, error) && tell_all (store, error);
}

gboolean
armms_pass_store (ArmmsPass *pass, GError **error)
{
  g_auto(Store) store = { 0 };

  store_init (&store, pass);
  if (!load_known (&store, error))
    return FALSE;
  for (guint i = 0; i < pass->units->len; i++)
    compare_unit (&store, &g_array_index (pass->units, ArmmsUnit, i));
  find_gone (&store);
  count_differences (&store);
  return pass->mode == ARMMS_DERIVE_COMPARE || write_all (&store, error);
}

/* ---- events of nobody ------------------------------------------------------------------------------------------- */

static void
add_stray (Store *store, const ArmmsStrayEvent *event, ArmmsPunchOrigin *origin)
{
  const guint32 codes = ARMMS_ANOMALY_BIT (UNKNOWN_EMPLOYEE);
  Anomaly anomaly = { .time_log_id = event->clock_event_id, .detachment_id = event->detachment_id,
                      .code = ARMMS_ANOMALY_UNKNOWN_EMPLOYEE, .employee_ref = event->employee_ref };
  Log log = { .id = event->clock_event_id, .origin = origin, .duty_date = ARMMS_DATE_NONE, .adjusted_ts = ARMMS_INSTANT_NONE,
              .status = armms_log_status_name (ARMMS_LOG_UNMATCHED) };
  Known *known;

  *origin = (ArmmsPunchOrigin) { .device_id = event->device_id, .event_id = event->event_id, .event_ts = event->event_ts,
                                 .detachment_id = event->detachment_id };
  if (!armms_punch_kind_parse (event->type, &origin->kind))
    origin->kind = ARMMS_PUNCH_UNKNOWN;
  log.codes = codes_text (store, codes);
  log.hash = hash_log (&log);
  known = g_hash_table_lookup (store->known_logs, &log.id);
  if (known == NULL || known->hash != log.hash)
    g_array_append_val (store->logs, log);
  anomaly.id = anomaly_id_of (&event->clock_event_id, anomaly.code);
  anomaly.duty_date = armms_zone_date (store->pass->settings->zone, event->event_ts);
  if (!g_hash_table_contains (store->known_anomalies, &anomaly.id))
    g_array_append_val (store->anomalies, anomaly);
}

static gboolean
load_known_strays (Store *store, const ArmmsStrayEvent *events, gsize n, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), anomaly_ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) instants = g_array_new (FALSE, FALSE, sizeof (ArmmsInstant));
  g_autoptr(ArmmsRows) logs = NULL, anomalies = NULL;

  for (gsize i = 0; i < n; i++)
    {
      ArmmsId anomaly_id = anomaly_id_of (&events[i].clock_event_id, ARMMS_ANOMALY_UNKNOWN_EMPLOYEE);

      g_array_append_val (ids, events[i].clock_event_id);
      g_array_append_val (instants, events[i].event_ts);
      g_array_append_val (anomaly_ids, anomaly_id);
    }
  logs = armms_work_query (store->pass->work, "timekeeping/derive-known-logs-by-id",
                           armms_params_instants (armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) ids->data, ids->len),
                                                  (const ArmmsInstant *) (gpointer) instants->data, instants->len), error);
  if (logs == NULL)
    return FALSE;
  store->known_logs = read_known (logs, "time_log_id", FALSE);
  anomalies = armms_work_query (store->pass->work, "timekeeping/derive-known-anomalies-by-id",
                                armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) anomaly_ids->data, anomaly_ids->len), error);
  if (anomalies == NULL)
    return FALSE;
  store->known_anomalies = read_known (anomalies, "anomaly_id", FALSE);
  return TRUE;
}

gboolean
armms_derive_strays (ArmmsWork *work, const ArmmsTimekeepingSettings *settings, const ArmmsStrayEvent *events, gsize n,
                     ArmmsDeriveMode mode, ArmmsDeriveFigures *figures, GError **error)
{
  ArmmsPass pass = { .work = work, .settings = settings, .mode = mode, .figures = figures };
  g_auto(Store) store = { 0 };
  g_autofree ArmmsPunchOrigin *origins = g_new (ArmmsPunchOrigin, n);

  store_init (&store, &pass);
  if (n == 0)
    return TRUE;
  if (!load_known_strays (&store, events, n, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    add_stray (&store, &events[i], &origins[i]);
  count_differences (&store);
  return mode == ARMMS_DERIVE_COMPARE
         || ((store.logs->len == 0 || write_logs (work, store.logs, error))
             && (store.anomalies->len == 0 || write_anomalies (work, store.anomalies, error)) && tell_all (&store, error));
}
