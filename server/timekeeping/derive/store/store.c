#include "server/timekeeping/derive/store/store-private.h"

#include "server/platform/outbox/outbox.h"
#include "server/timekeeping/derive/columns.h"

void
armms_store_clear (ArmmsStore *store)
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
void
armms_store_init (ArmmsStore *store, ArmmsPass *pass)
{
  *store = (ArmmsStore) {
    .pass = pass,
    .texts = g_string_chunk_new (4096),
    .logs = g_array_new (FALSE, FALSE, sizeof (ArmmsLogRow)),
    .lines = g_array_new (FALSE, FALSE, sizeof (ArmmsLineRow)),
    .anomalies = g_array_new (FALSE, FALSE, sizeof (ArmmsAnomalyRow)),
    .sheets = g_array_new (FALSE, FALSE, sizeof (ArmmsSheetRow)),
    .gone_lines = g_array_new (FALSE, FALSE, sizeof (ArmmsKnownRow)),
    .gone_anomalies = g_array_new (FALSE, FALSE, sizeof (ArmmsId)),
    .sheet_ids = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, NULL),
  };
}

const char *
armms_store_codes_text (ArmmsStore *store, guint32 codes)
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

GHashTable *
armms_store_read_known (ArmmsRows *rows, const char *id_column, gboolean with_keys)
{
  GHashTable *table = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, /* key_destroy= */ NULL, g_free);
  int id = armms_rows_column (rows, id_column), hash = armms_rows_column (rows, "hash");
  int date = with_keys ? armms_rows_column (rows, "duty_date") : -1, detachment = with_keys ? armms_rows_column (rows, "detachment_id") : -1;
  int employee = with_keys ? armms_rows_column (rows, "employee_id") : -1, shift = with_keys ? armms_rows_column (rows, "shift_id") : -1;
  int position = with_keys ? armms_rows_column (rows, "position_id") : -1;

  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsKnownRow *known = g_new0 (ArmmsKnownRow, 1);

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
  return rows == NULL ? NULL : armms_store_read_known (rows, id_column, TRUE);
}

static gboolean
load_known (ArmmsStore *store, GError **error)
{
  store->known_logs = armms_store_load_logs (store->pass, error);
  if (store->known_logs == NULL)
    return FALSE;
  store->known_lines = load_known_of_days (store->pass, "timekeeping/derive-known-lines", "dtr_line_id", error);
  if (store->known_lines == NULL)
    return FALSE;
  store->known_anomalies = load_known_of_days (store->pass, "timekeeping/derive-known-anomalies", "anomaly_id", error);
  return store->known_anomalies != NULL;
}

static void
compare_unit (ArmmsStore *store, const ArmmsUnit *unit)
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
        armms_store_add_log (store, unit, punch, origin, duty);
      if (punch->codes != 0)
        armms_store_add_punch_anomalies (store, unit, punch, origin, duty, home);
    }
  for (guint i = 0; i < unit->n_lines; i++)
    armms_store_add_line (store, unit, &g_array_index (pass->lines, ArmmsDayLine, unit->first_line + i));
}

static void
find_gone (ArmmsStore *store)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, store->known_lines);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const ArmmsKnownRow *known = value;

      if (known->seen)
        continue;
      g_array_append_val (store->gone_lines, *known);
      armms_store_touch_sheet (store, &known->employee_id, known->duty_date, &known->detachment_id, &known->shift_id, &known->position_id);
    }
  g_hash_table_iter_init (&iter, store->known_anomalies);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((const ArmmsKnownRow *) value)->seen)
      g_array_append_val (store->gone_anomalies, ((const ArmmsKnownRow *) value)->id);
}

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

gboolean
armms_store_tell (ArmmsStore *store, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  tell (events, "armms.timekeeping.TimeLogCreated.v1", "time-log-batch", "time_log_ids", store->logs, sizeof (ArmmsLogRow));
  tell (events, "armms.timekeeping.DTRLineReady.v1", "dtr-line-batch", "dtr_line_ids", store->lines, sizeof (ArmmsLineRow));
  tell (events, "armms.timekeeping.TimesheetDrafted.v1", "timesheet-batch", "timesheet_ids", store->sheets, sizeof (ArmmsSheetRow));
  return events->len == 0 || armms_outbox_append (store->pass->work, "timekeeping", events, error);
}

void
armms_store_count (const ArmmsStore *store)
{
  ArmmsDeriveFigures *figures = store->pass->figures;

  figures->logs += store->logs->len;
  figures->lines += store->lines->len;
  figures->lines_gone += store->gone_lines->len;
  figures->anomalies += store->anomalies->len;
  figures->anomalies_gone += store->gone_anomalies->len;
}

static gboolean
write_all (ArmmsStore *store, GError **error)
{
  ArmmsPass *pass = store->pass;

  return armms_store_write_logs (pass->work, store->logs, error)
         && armms_store_remove_lines (pass->work, store->gone_lines, error)
         && armms_store_write_lines (pass->work, store->lines, error)
         && armms_store_remove_anomalies (pass->work, store->gone_anomalies, error)
         && (store->anomalies->len == 0 || armms_store_write_anomalies (pass->work, store->anomalies, error))
         && (store->sheets->len == 0 || armms_store_write_sheets (pass->work, store->sheets, &pass->figures->timesheets, error))
         && armms_store_empty_sheets (store, error) && armms_store_tell (store, error);
}

gboolean
armms_pass_store (ArmmsPass *pass, GError **error)
{
  g_auto(ArmmsStore) store = { 0 };

  armms_store_init (&store, pass);
  if (!load_known (&store, error))
    return FALSE;
  for (guint i = 0; i < pass->units->len; i++)
    compare_unit (&store, &g_array_index (pass->units, ArmmsUnit, i));
  find_gone (&store);
  armms_store_count (&store);
  return pass->mode == ARMMS_DERIVE_COMPARE || write_all (&store, error);
}
