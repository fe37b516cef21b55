/* Time logs: one for each clock event. */
#include "server/timekeeping/derive/store/store-private.h"

#include "server/timekeeping/derive/columns.h"

GHashTable *
armms_store_load_logs (ArmmsPass *pass, GError **error)
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
  return rows == NULL ? NULL : armms_store_read_known (rows, "time_log_id", FALSE);
}

static gint64
hash_log (const ArmmsLogRow *log)
{
  guint64 hash = armms_derive_mix_id (1, &log->employee_id);

  hash = armms_derive_mix_id (armms_derive_mix_id (armms_derive_mix_id (hash, &log->duty_detachment_id), &log->shift_id), &log->position_id);
  hash = armms_derive_mix_id (armms_derive_mix_id (armms_derive_mix_id (hash, &log->assignment_id), &log->relief_id), &log->origin->adjustment_id);
  hash = armms_derive_mix (armms_derive_mix (hash, (guint64) log->duty_date.days), (guint64) log->adjusted_ts.us);
  return (gint64) armms_derive_mix_text (armms_derive_mix_text (armms_derive_mix_text (hash, log->adjusted_type), log->status), log->codes);
}

void
armms_store_keep_log (ArmmsStore *store, ArmmsLogRow *log)
{
  const ArmmsKnownRow *known = g_hash_table_lookup (store->known_logs, &log->id);

  log->hash = hash_log (log);
  log->fresh = known == NULL && log->origin->own;
  if (known == NULL || known->hash != log->hash)
    g_array_append_vals (store->logs, log, 1);
}

void
armms_store_add_log (ArmmsStore *store, const ArmmsUnit *unit, const ArmmsPunch *punch, const ArmmsPunchOrigin *origin, const ArmmsDuty *duty)
{
  ArmmsLogRow log = { .id = punch->id, .origin = origin, .employee_id = unit->employee_id, .duty_date = ARMMS_DATE_NONE,
                      .adjusted_ts = ARMMS_INSTANT_NONE };

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
  log.codes = armms_store_codes_text (store, punch->codes);
  armms_store_keep_log (store, &log);
}

static gboolean
write_rows (ArmmsWork *work, const char *statement, const GArray *logs, GError **error)
{
  ArmmsParams *params;

  if (logs->len == 0)
    return TRUE;
  params = armms_params_new ();
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->id);
  ARMMS_COLUMN_INSTANTS (params, logs, ArmmsLogRow, row->origin->event_ts);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->origin->device_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->origin->event_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->employee_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->origin->detachment_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->duty_detachment_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->shift_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->position_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->assignment_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->relief_id);
  ARMMS_COLUMN_IDS (params, logs, ArmmsLogRow, row->origin->adjustment_id);
  ARMMS_COLUMN_INSTANTS (params, logs, ArmmsLogRow, row->adjusted_ts);
  ARMMS_COLUMN_INTEGERS (params, logs, ArmmsLogRow, row->hash);
  ARMMS_COLUMN_DATES (params, logs, ArmmsLogRow, row->duty_date);
  ARMMS_COLUMN_TEXTS (params, logs, ArmmsLogRow, armms_punch_kind_name (row->origin->kind));
  ARMMS_COLUMN_TEXTS (params, logs, ArmmsLogRow, row->status);
  ARMMS_COLUMN_TEXTS (params, logs, ArmmsLogRow, row->adjusted_type);
  ARMMS_COLUMN_TEXTS (params, logs, ArmmsLogRow, row->codes);
  return armms_work_execute (work, statement, params, /* ret_count= */ NULL, error);
}

gboolean
armms_store_write_logs (ArmmsWork *work, const GArray *logs, GError **error)
{
  g_autoptr(GArray) fresh = g_array_new (FALSE, FALSE, sizeof (ArmmsLogRow)), other = g_array_new (FALSE, FALSE, sizeof (ArmmsLogRow));

  for (guint i = 0; i < logs->len; i++)
    {
      const ArmmsLogRow *log = &g_array_index (logs, ArmmsLogRow, i);

      g_array_append_vals (log->fresh ? fresh : other, log, 1);
    }
  return write_rows (work, "timekeeping/time-logs-insert", fresh, error) && write_rows (work, "timekeeping/time-logs-put", other, error);
}
