/* Sealed timesheets arrive: the seal is computed again, and what is priced is laid side by side. */
#include "server/payroll/payroll-private.h"

#include "common/wire/json.h"

#include <string.h>

/* One timesheet as it came. Texts owned. */
typedef struct {
  ArmmsId snapshot_id, timesheet_id, employee_id, detachment_id, shift_id, position_id, event_id, finalized_by;
  gint64 version;
  char *employee_no, *region, *city;
  ArmmsDate from, to;
  ArmmsInstant finalized_at;
  GString *dates, *cells, *minutes; /* array literals */
  GBytes *seal;
  char *payload;
} Snapshot;

/* Columns of a day that are not work, but that salaried staff lose or keep pay for. */
static const struct { const char *member; ArmmsCell cell; } day_columns[] = {
  { "leave_paid", ARMMS_CELL_LEAVE_PAID }, { "leave_unpaid", ARMMS_CELL_LEAVE_UNPAID }, { "absent", ARMMS_CELL_ABSENT },
  { "late", ARMMS_CELL_LATE }, { "undertime", ARMMS_CELL_UNDERTIME },
};

static void
snapshot_free (gpointer data)
{
  Snapshot *snapshot = data;

  g_free (snapshot->employee_no);
  g_free (snapshot->region);
  g_free (snapshot->city);
  g_string_free (snapshot->dates, TRUE);
  g_string_free (snapshot->cells, TRUE);
  g_string_free (snapshot->minutes, TRUE);
  g_clear_pointer (&snapshot->seal, g_bytes_unref);
  g_free (snapshot->payload);
  g_free (snapshot);
}

static gboolean
refuse (GError **error, const char *what)
{
  armms_error_set (error, ARMMS_ERROR_MALFORMED, "snapshot.malformed", "a finalised timesheet cannot be read: %s", what);
  return FALSE;
}

static gboolean
read_id (JsonObject *object, const char *name, ArmmsId *ret_id)
{
  return armms_id_parse (json_object_get_string_member_with_default (object, name, ""), ret_id);
}

static gboolean
check_seal (Snapshot *snapshot, JsonNode *node, GError **error)
{
  JsonObject *object = json_node_get_object (node);
  g_autofree char *told = g_strdup (json_object_get_string_member_with_default (object, "sha256", ""));
  g_autofree char *found = NULL;
  guint8 seal[ARMMS_DIGEST_SIZE];
  gsize size = sizeof seal;
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  json_object_remove_member (object, "sha256");
  snapshot->payload = armms_json_to_canonical (node);
  g_checksum_update (checksum, (const guchar *) snapshot->payload, -1);
  found = g_strdup (g_checksum_get_string (checksum));
  if (g_ascii_strcasecmp (found, told) != 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "snapshot.seal", "the seal of a finalised timesheet does not fit its content");
      return FALSE;
    }
  g_checksum_get_digest (checksum, seal, &size);
  snapshot->seal = g_bytes_new (seal, size);
  return TRUE;
}

static void
append_entry (Snapshot *snapshot, const char *date, ArmmsCell cell, gint64 minutes)
{
  const char *comma = snapshot->cells->len > 1 ? "," : "";

  g_string_append_printf (snapshot->dates, "%s%s", comma, date);
  g_string_append_printf (snapshot->cells, "%s%d", comma, cell);
  g_string_append_printf (snapshot->minutes, "%s%" G_GINT64_FORMAT, comma, minutes);
}

static gboolean
read_day (Snapshot *snapshot, JsonObject *day, GError **error)
{
  const char *date = json_object_get_string_member_with_default (day, "duty_date", "");
  JsonObject *cells = json_object_has_member (day, "cells") ? json_object_get_object_member (day, "cells") : NULL;
  gint64 by_cell[ARMMS_N_CELLS] = { 0 };
  ArmmsDate duty_date;

  if (!armms_date_parse (date, &duty_date))
    return refuse (error, "a day without a date");
  if (cells != NULL)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, cells);
      while (json_object_iter_next (&iter, &name, &value))
        {
          ArmmsCell cell;

          if (!armms_cell_parse (name, &cell) || json_node_get_value_type (value) != G_TYPE_INT64)
            return refuse (error, "a cell that is not known");
          by_cell[cell] = json_node_get_int (value);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (day_columns); i++)
    by_cell[day_columns[i].cell] += json_object_get_int_member_with_default (day, day_columns[i].member, 0);
  for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
    {
      if (by_cell[cell] < 0 || by_cell[cell] > ARMMS_MINUTES_PER_DAY)
        return refuse (error, "minutes that no day has");
      if (by_cell[cell] > 0)
        append_entry (snapshot, date, (ArmmsCell) cell, by_cell[cell]);
    }
  return TRUE;
}

static Snapshot *
read_snapshot (const ArmmsEvent *event, GError **error)
{
  g_autoptr(JsonNode) node = armms_json_parse (event->payload, error);
  Snapshot *snapshot;
  JsonObject *object;
  JsonArray *days;
  gboolean fine;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (error, "no object");
      return NULL;
    }
  object = json_node_get_object (node);
  snapshot = g_new0 (Snapshot, 1);
  snapshot->dates = g_string_new ("{");
  snapshot->cells = g_string_new ("{");
  snapshot->minutes = g_string_new ("{");
  snapshot->snapshot_id = armms_id_new ();
  snapshot->event_id = event->event_id;
  snapshot->version = json_object_get_int_member_with_default (object, "version", 0);
  snapshot->employee_no = g_strdup (json_object_get_string_member_with_default (object, "employee_no", ""));
  snapshot->region = g_strdup (json_object_get_string_member_with_default (object, "region", NULL));
  snapshot->city = g_strdup (json_object_get_string_member_with_default (object, "city", NULL));
  snapshot->finalized_at = ARMMS_INSTANT_NONE;
  read_id (object, "finalized_by", &snapshot->finalized_by);
  if (!armms_instant_parse (json_object_get_string_member_with_default (object, "finalized_at", ""), &snapshot->finalized_at))
    snapshot->finalized_at = ARMMS_INSTANT_NONE;
  fine = (snapshot->version > 0
          && read_id (object, "timesheet_id", &snapshot->timesheet_id)
          && read_id (object, "employee_id", &snapshot->employee_id)
          && read_id (object, "detachment_id", &snapshot->detachment_id)
          && read_id (object, "shift_id", &snapshot->shift_id)
          && read_id (object, "position_id", &snapshot->position_id)
          && armms_date_parse (json_object_get_string_member_with_default (object, "period_from", ""), &snapshot->from)
          && armms_date_parse (json_object_get_string_member_with_default (object, "period_to", ""), &snapshot->to))
         || refuse (error, "a key is missing");
  days = fine && json_object_has_member (object, "days") ? json_object_get_array_member (object, "days") : NULL;
  if (fine && days == NULL)
    fine = refuse (error, "no days");
  for (guint i = 0; fine && i < json_array_get_length (days); i++)
    fine = read_day (snapshot, json_array_get_object_element (days, i), error);
  g_string_append_c (snapshot->dates, '}');
  g_string_append_c (snapshot->cells, '}');
  g_string_append_c (snapshot->minutes, '}');
  if (fine && check_seal (snapshot, node, error))
    return snapshot;
  snapshot_free (snapshot);
  return NULL;
}

static gboolean
store (ArmmsWork *work, const GPtrArray *snapshots, GError **error)
{
  guint n = snapshots->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n), *timesheets = g_new (ArmmsId, n);
  g_autofree gint64 *versions = g_new (gint64, n);
  g_autofree const char **texts = g_new (const char *, n);
  g_autofree ArmmsDate *dates = g_new (ArmmsDate, n);
  g_autofree ArmmsInstant *instants = g_new (ArmmsInstant, n);
  g_autofree GBytes **seals = g_new (GBytes *, n);
  g_autoptr(ArmmsRows) differing = NULL;
  ArmmsParams *params = armms_params_new ();

#define COLUMN(array, value, append) G_STMT_START { \
  for (guint i = 0; i < n; i++) { Snapshot *s = g_ptr_array_index (snapshots, i); array[i] = value; } \
  append (params, array, n); \
} G_STMT_END
  COLUMN (ids, s->snapshot_id, armms_params_ids);
  COLUMN (timesheets, s->timesheet_id, armms_params_ids);
  COLUMN (versions, s->version, armms_params_integers);
  COLUMN (ids, s->employee_id, armms_params_ids);
  COLUMN (texts, s->employee_no, armms_params_texts);
  COLUMN (dates, s->from, armms_params_dates);
  COLUMN (dates, s->to, armms_params_dates);
  COLUMN (ids, s->detachment_id, armms_params_ids);
  COLUMN (texts, s->region, armms_params_texts);
  COLUMN (texts, s->city, armms_params_texts);
  COLUMN (ids, s->shift_id, armms_params_ids);
  COLUMN (ids, s->position_id, armms_params_ids);
  COLUMN (texts, s->dates->str, armms_params_texts);
  COLUMN (texts, s->cells->str, armms_params_texts);
  COLUMN (texts, s->minutes->str, armms_params_texts);
  COLUMN (seals, s->seal, armms_params_bytes_array);
  COLUMN (texts, s->payload, armms_params_texts);
  COLUMN (ids, s->event_id, armms_params_ids);
  COLUMN (ids, s->finalized_by, armms_params_ids);
  COLUMN (instants, s->finalized_at, armms_params_instants);
#undef COLUMN
  if (!armms_work_execute (work, "payroll/snapshots-insert", params, NULL, error))
    return FALSE;
  params = armms_params_integers (armms_params_ids (armms_params_new (), timesheets, n), versions, n);
  differing = armms_work_query (work, "payroll/snapshots-differ", armms_params_bytes_array (params, seals, n), error);
  if (differing == NULL)
    return FALSE;
  if (armms_rows_count (differing) > 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "snapshot.changed", "a version of a finalised timesheet came again with another content");
      return FALSE;
    }
  return armms_work_execute (work, "payroll/heads-upsert", armms_params_ids (armms_params_new (), timesheets, n), NULL, error);
}

gboolean
armms_payroll_on_timesheets_finalized (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  g_autoptr(GPtrArray) snapshots = g_ptr_array_new_with_free_func (snapshot_free);

  for (guint i = 0; i < events->len; i++)
    {
      Snapshot *snapshot = read_snapshot (g_ptr_array_index (events, i), error);

      if (snapshot == NULL)
        return FALSE;
      g_ptr_array_add (snapshots, snapshot);
    }
  return snapshots->len == 0 || store (work, snapshots, error);
}

/* ---- waivers of loans ----------------------------------------------------------------------------------------- */

gboolean
armms_payroll_on_loans_waived (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  for (guint i = 0; i < events->len; i++)
    {
      const ArmmsEvent *event = g_ptr_array_index (events, i);
      g_autoptr(JsonNode) node = armms_json_parse (event->payload, error);
      g_autofree char *memo = NULL;
      JsonObject *object;
      ArmmsId employee_id;
      ArmmsDate period;
      ArmmsParams *params;

      if (node == NULL)
        return FALSE;
      object = json_node_get_object (node);
      if (!read_id (object, "employee_id", &employee_id)
          || !armms_date_parse (json_object_get_string_member_with_default (object, "period_from", ""), &period))
        return refuse (error, "a waiver");
      memo = g_strdup_printf ("Instalment of %s waived: %s", json_object_get_string_member (object, "period_from"),
                              json_object_get_string_member_with_default (object, "follow_up", ""));
      params = armms_params_id (armms_params_new (), &event->event_id);
      armms_params_date (params, period);
      armms_params_id (params, &employee_id);
      armms_params_integer (params, json_object_get_int_member_with_default (object, "amount", 0));
      if (!armms_work_execute (work, "payroll/waiver-entry", armms_params_text (params, memo), NULL, error))
        return FALSE;
    }
  return TRUE;
}
