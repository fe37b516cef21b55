/* Sealing: a canonical copy, its checksum, and the event that carries it to payroll. */
#include "server/timekeeping/timesheet.h"

#include "common/wire/json.h"
#include "server/hr/hr.h"
#include "server/platform/outbox/outbox.h"
#include "server/timekeeping/derive/reader.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
left_out_clear (gpointer data)
{
  g_free (((ArmmsTimesheetLeftOut *) data)->message);
}

GArray *
armms_timesheet_left_out_new (void)
{
  GArray *array = g_array_new (FALSE, TRUE, sizeof (ArmmsTimesheetLeftOut));

  g_array_set_clear_func (array, left_out_clear);
  return array;
}

/* One that will be sealed. */
typedef struct {
  ArmmsId timesheet_id, employee_id;
  gint64 version;
  guint row;          /* of the sheets */
  char *sealed;       /* owned: canonical JSON without the checksum */
  char *sha256;       /* owned */
  char *payload;      /* owned: with it */
} Sheet;

static void
sheet_clear (gpointer data)
{
  Sheet *sheet = data;

  g_free (sheet->sealed);
  g_free (sheet->sha256);
  g_free (sheet->payload);
}

typedef struct {
  ArmmsWork *work;
  ArmmsRows *rows;            /* the sheets, held */
  GArray *sheets;             /* of Sheet */
  GPtrArray *employees, *detachments;
} Seal;

static void
seal_clear (Seal *seal)
{
  g_clear_pointer (&seal->rows, armms_rows_free);
  g_clear_pointer (&seal->sheets, g_array_unref);
  g_clear_pointer (&seal->employees, g_ptr_array_unref);
  g_clear_pointer (&seal->detachments, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seal, seal_clear)

/* ---- before ----------------------------------------------------------------------------------------------------- */

/* Events that the stream has not come to yet belong into what is sealed. */
static gboolean
derive_missing (ArmmsWork *work, const ArmmsId *ids, gsize n, GError **error)
{
  g_autoptr(ArmmsRows) sheets = armms_work_query (work, "timekeeping/seal-who", armms_params_ids (armms_params_new (), ids, n), error);
  g_autoptr(ArmmsRows) events = NULL;
  g_autoptr(GArray) touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch));
  g_autofree ArmmsId *employees = NULL;
  ArmmsTimekeepingSettings settings;
  ArmmsDeriveFigures figures = { 0 };
  ArmmsDate from = { G_MAXINT32 }, to = { G_MININT32 };
  guint n_employees;
  ArmmsParams *params;

  if (sheets == NULL || !armms_timekeeping_settings_load (work, &settings, error))
    return FALSE;
  n_employees = armms_rows_count (sheets);
  if (n_employees == 0)
    return TRUE;
  employees = g_new (ArmmsId, n_employees);
  for (guint i = 0; i < n_employees; i++)
    {
      employees[i] = armms_rows_id (sheets, i, "employee_id");
      from.days = MIN (from.days, armms_rows_date (sheets, i, "period_from").days);
      to.days = MAX (to.days, armms_rows_date (sheets, i, "period_to").days);
    }
  if (!armms_derive_lock (work, employees, n_employees, error))
    return FALSE;
  params = armms_params_ids (armms_params_new (), employees, n_employees);
  armms_params_instant (params, armms_zone_instant (settings.zone, from, -ARMMS_MINUTES_PER_DAY));
  armms_params_instant (params, armms_zone_instant (settings.zone, to, 3 * ARMMS_MINUTES_PER_DAY));
  events = armms_work_query (work, "timekeeping/seal-underived", params, error);
  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (events); i++)
    {
      ArmmsTouch touch = { .employee_id = armms_rows_id (events, i, "employee_id"), .at = armms_rows_instant (events, i, "event_ts") };

      g_array_append_val (touches, touch);
    }
  return armms_derive (work, &settings, touches, ARMMS_DERIVE_WRITE, &figures, error);
}

static void
leave_out (GArray *left_out, const ArmmsId *id, const char *code, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
leave_out (GArray *left_out, const ArmmsId *id, const char *code, const char *format, ...)
{
  ArmmsTimesheetLeftOut one = { .timesheet_id = *id, .code = code };
  va_list args;

  va_start (args, format);
  one.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (left_out, one);
}

static gboolean
may_be_sealed (Seal *seal, guint row, GArray *left_out)
{
  ArmmsId id = armms_rows_id (seal->rows, row, "timesheet_id");
  const char *blocking = armms_rows_text (seal->rows, row, "blocking");

  if (g_str_equal (armms_rows_text (seal->rows, row, "state"), "FINALIZED"))
    {
      if (armms_rows_boolean (seal->rows, row, "changed_since"))
        leave_out (left_out, &id, "timesheet.changed", "finalised already, and its days have changed since: open it again first");
      else
        leave_out (left_out, &id, "timesheet.finalized", "finalised already");
      return FALSE;
    }
  if (blocking != NULL)
    {
      leave_out (left_out, &id, "timesheet.blocked", "open anomalies: %s", blocking);
      return FALSE;
    }
  if (armms_rows_integer (seal->rows, row, "open_days") > 0)
    {
      leave_out (left_out, &id, "timesheet.open", "somebody is still on duty");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_revision (ArmmsRows *rows, gint64 revision, GError **error)
{
  if (revision == 0 || (armms_rows_count (rows) == 1 && armms_rows_integer (rows, 0, "revision") == revision))
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_STALE, "timesheet.stale", "cannot finalise the timesheet: it has moved on since it was read");
  return FALSE;
}

static gboolean
pick_sheets (Seal *seal, const ArmmsId *ids, gsize n, gint64 revision, GArray *left_out, GError **error)
{
  seal->rows = armms_work_query (seal->work, "timekeeping/seal-sheets", armms_params_ids (armms_params_new (), ids, n), error);
  if (seal->rows == NULL || !check_revision (seal->rows, revision, error))
    return FALSE;
  for (guint i = 0; i < armms_rows_count (seal->rows); i++)
    {
      Sheet sheet = { .timesheet_id = armms_rows_id (seal->rows, i, "timesheet_id"), .employee_id = armms_rows_id (seal->rows, i, "employee_id"),
                      .version = armms_rows_integer (seal->rows, i, "version"), .row = i };

      if (may_be_sealed (seal, i, left_out))
        g_array_append_val (seal->sheets, sheet);
    }
  return TRUE;
}

/* ---- the copy --------------------------------------------------------------------------------------------------- */

static void
append_day (GString *out, ArmmsRows *rows, guint row, const char *cells)
{
  char date[ARMMS_DATE_TEXT_SIZE];

  g_string_append_printf (out, "{\"absent\":%" G_GINT64_FORMAT ",\"break\":%" G_GINT64_FORMAT ",\"cells\":%s,\"duty_date\":\"%s\",\"late\":%" G_GINT64_FORMAT
                          ",\"leave_paid\":%" G_GINT64_FORMAT ",\"leave_unpaid\":%" G_GINT64_FORMAT ",\"rest_day\":%s,\"scheduled\":%" G_GINT64_FORMAT
                          ",\"undertime\":%" G_GINT64_FORMAT "}",
                          armms_rows_integer (rows, row, "absent_minutes"), armms_rows_integer (rows, row, "break_minutes"), cells,
                          armms_date_format (armms_rows_date (rows, row, "duty_date"), date), armms_rows_integer (rows, row, "late_minutes"),
                          armms_rows_integer (rows, row, "leave_paid_minutes"), armms_rows_integer (rows, row, "leave_unpaid_minutes"),
                          armms_rows_boolean (rows, row, "rest_day") ? "true" : "false", armms_rows_integer (rows, row, "scheduled_minutes"),
                          armms_rows_integer (rows, row, "undertime_minutes"));
}

static char *
canonical_cells (const char *text, GError **error)
{
  g_autoptr(JsonNode) node = armms_json_parse (text, error);

  return node != NULL ? armms_json_to_canonical (node) : NULL;
}

/* "days":[...] of each sheet, by its key. (transfer full) */
static GHashTable *
load_days (Seal *seal, GError **error)
{
  g_autoptr(GHashTable) days = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, NULL);
  g_autofree ArmmsId *ids = g_new (ArmmsId, seal->sheets->len);
  g_autoptr(ArmmsRows) rows = NULL;

  for (guint i = 0; i < seal->sheets->len; i++)
    ids[i] = g_array_index (seal->sheets, Sheet, i).timesheet_id;
  rows = armms_work_query (seal->work, "timekeeping/seal-lines", armms_params_ids (armms_params_new (), ids, seal->sheets->len), error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "timesheet_id");
      g_autofree char *cells = canonical_cells (armms_rows_text (rows, i, "cells"), error);
      GString *text;

      if (cells == NULL)
        return NULL;
      text = g_hash_table_lookup (days, &id);
      if (text == NULL)
        {
          text = g_string_new (NULL);
          g_hash_table_insert (days, g_memdup2 (&id, sizeof id), text);
        }
      else
        g_string_append_c (text, ',');
      append_day (text, rows, i, cells);
    }
  return g_steal_pointer (&days);
}

static void
append_id (GString *out, const char *name, const ArmmsId *id)
{
  char text[ARMMS_ID_TEXT_SIZE];

  if (armms_id_is_nil (id))
    g_string_append_printf (out, "\"%s\":null", name);
  else
    g_string_append_printf (out, "\"%s\":\"%s\"", name, armms_id_format (id, text));
}

static void
append_text (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "\"%s\":", name);
  armms_json_append_string (out, value);
}

static void
append_totals (GString *out, ArmmsRows *rows, guint row)
{
  static const char *const names[] = { "absent", "break", "holiday_unworked", "late", "leave_paid", "leave_unpaid", "night", "overtime",
                                       "regular", "scheduled", "undertime", "worked" };

  g_string_append (out, "\"totals\":{");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *column = g_strconcat (names[i], "_minutes", NULL);

      g_string_append_printf (out, "%s\"%s\":%" G_GINT64_FORMAT, i > 0 ? "," : "", names[i], armms_rows_integer (rows, row, column));
    }
  g_string_append_c (out, '}');
}

/* Members in the order of their bytes: canonical. @sha256: NULL for what the checksum is made of. */
static char *
write_copy (const Seal *seal, const Sheet *sheet, const char *days, const char *sha256)
{
  GString *out = g_string_sized_new (2048);
  ArmmsRows *rows = seal->rows;
  ArmmsId detachment_id = armms_rows_id (rows, sheet->row, "detachment_id"), shift_id = armms_rows_id (rows, sheet->row, "shift_id");
  ArmmsId position_id = armms_rows_id (rows, sheet->row, "position_id");
  const ArmmsEmployee *employee = armms_hr_find_employee (seal->employees, &sheet->employee_id);
  const ArmmsDetachment *detachment = armms_hr_find_detachment (seal->detachments, &detachment_id);
  const ArmmsId *by = &armms_work_get_actor (seal->work)->user_id;
  char date[ARMMS_DATE_TEXT_SIZE], now[ARMMS_INSTANT_TEXT_SIZE];

  armms_instant_format (armms_work_get_now (seal->work), now);
  g_string_append_printf (out, "{\"approvals\":[{\"at\":\"%s\",", now);
  append_id (out, "by", by);
  g_string_append (out, ",\"step\":\"finalize\"}],");
  append_text (out, "city", detachment != NULL ? detachment->city : NULL);
  g_string_append_printf (out, ",\"days\":[%s],", days);
  append_id (out, "detachment_id", &detachment_id);
  g_string_append_c (out, ',');
  append_id (out, "employee_id", &sheet->employee_id);
  g_string_append_c (out, ',');
  append_text (out, "employee_no", employee != NULL ? employee->employee_no : NULL);
  g_string_append_printf (out, ",\"finalized_at\":\"%s\",", now);
  append_id (out, "finalized_by", by);
  g_string_append_printf (out, ",\"period_from\":\"%s\",", armms_date_format (armms_rows_date (rows, sheet->row, "period_from"), date));
  g_string_append_printf (out, "\"period_to\":\"%s\",", armms_date_format (armms_rows_date (rows, sheet->row, "period_to"), date));
  append_id (out, "position_id", &position_id);
  g_string_append_c (out, ',');
  append_text (out, "region", detachment != NULL ? detachment->region : NULL);
  g_string_append_c (out, ',');
  if (sha256 != NULL)
    g_string_append_printf (out, "\"sha256\":\"%s\",", sha256);
  append_id (out, "shift_id", &shift_id);
  g_string_append_c (out, ',');
  append_id (out, "timesheet_id", &sheet->timesheet_id);
  g_string_append_c (out, ',');
  append_totals (out, rows, sheet->row);
  g_string_append_printf (out, ",\"version\":%" G_GINT64_FORMAT "}", sheet->version);
  return g_string_free (out, FALSE);
}

static gboolean
write_copies (Seal *seal, GError **error)
{
  g_autoptr(GHashTable) days = load_days (seal, error);
  GHashTableIter iter;
  gpointer text;

  if (days == NULL)
    return FALSE;
  for (guint i = 0; i < seal->sheets->len; i++)
    {
      Sheet *sheet = &g_array_index (seal->sheets, Sheet, i);
      const GString *lines = g_hash_table_lookup (days, &sheet->timesheet_id);

      sheet->sealed = write_copy (seal, sheet, lines != NULL ? lines->str : "", /* sha256= */ NULL);
      sheet->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sheet->sealed, -1);
      sheet->payload = write_copy (seal, sheet, lines != NULL ? lines->str : "", sheet->sha256);
    }
  g_hash_table_iter_init (&iter, days);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    g_string_free (text, TRUE);
  return TRUE;
}

static gboolean
load_names (Seal *seal, GError **error)
{
  g_autofree ArmmsId *ids = g_new (ArmmsId, seal->sheets->len);

  for (guint i = 0; i < seal->sheets->len; i++)
    ids[i] = g_array_index (seal->sheets, Sheet, i).employee_id;
  seal->employees = armms_hr_load_employees (seal->work, ids, seal->sheets->len, error);
  if (seal->employees == NULL)
    return FALSE;
  seal->detachments = armms_hr_load_detachments (seal->work, error);
  return seal->detachments != NULL;
}

/* ---- storing ---------------------------------------------------------------------------------------------------- */

static gboolean
store_copies (Seal *seal, GError **error)
{
  guint n = seal->sheets->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autofree gint64 *versions = g_new (gint64, n);
  g_autofree const char **payloads = g_new (const char *, n), **checksums = g_new (const char *, n);
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  gint64 stored = 0;

  for (guint i = 0; i < n; i++)
    {
      const Sheet *sheet = &g_array_index (seal->sheets, Sheet, i);

      ids[i] = sheet->timesheet_id;
      versions[i] = sheet->version;
      payloads[i] = sheet->payload;
      checksums[i] = sheet->sha256;
      g_ptr_array_add (events, armms_event_new ("armms.timekeeping.TimesheetFinalized.v1", "timesheet", &sheet->timesheet_id, sheet->version,
                                                &sheet->employee_id, g_strdup (sheet->payload)));
    }
  if (!armms_work_execute (seal->work, "timekeeping/seal-put",
                           armms_params_texts (armms_params_texts (armms_params_integers (armms_params_ids (armms_params_new (), ids, n),
                                               versions, n), payloads, n), checksums, n), &stored, error))
    return FALSE;
  if (stored != n)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "timesheet.seal", "of %u timesheets %" G_GINT64_FORMAT " were sealed", n, stored);
      return FALSE;
    }
  return armms_outbox_append (seal->work, "timekeeping", events, error);
}

gboolean
armms_timesheet_seal (ArmmsWork *work, const ArmmsId *ids, gsize n, gint64 revision, GArray *left_out, guint *ret_sealed, GError **error)
{
  g_auto(Seal) seal = { .work = work, .sheets = g_array_new (FALSE, TRUE, sizeof (Sheet)) };

  g_array_set_clear_func (seal.sheets, sheet_clear);
  *ret_sealed = 0;
  if (!derive_missing (work, ids, n, error) || !pick_sheets (&seal, ids, n, revision, left_out, error))
    return FALSE;
  if (seal.sheets->len == 0)
    return TRUE;
  if (!load_names (&seal, error) || !write_copies (&seal, error) || !store_copies (&seal, error))
    return FALSE;
  *ret_sealed = seal.sheets->len;
  return TRUE;
}
