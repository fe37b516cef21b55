/* Events of nobody: a time log and its anomaly. */
#include "server/timekeeping/derive/store/store-private.h"

static void
add_stray (ArmmsStore *store, const ArmmsStrayEvent *event, ArmmsPunchOrigin *origin)
{
  const guint32 codes = ARMMS_ANOMALY_BIT (UNKNOWN_EMPLOYEE);
  ArmmsAnomalyRow anomaly = { .time_log_id = event->clock_event_id, .detachment_id = event->detachment_id,
                              .code = ARMMS_ANOMALY_UNKNOWN_EMPLOYEE, .employee_ref = event->employee_ref };
  ArmmsLogRow log = { .id = event->clock_event_id, .origin = origin, .duty_date = ARMMS_DATE_NONE, .adjusted_ts = ARMMS_INSTANT_NONE,
                      .status = armms_log_status_name (ARMMS_LOG_UNMATCHED) };

  *origin = (ArmmsPunchOrigin) { .device_id = event->device_id, .event_id = event->event_id, .event_ts = event->event_ts,
                                 .detachment_id = event->detachment_id };
  if (!armms_punch_kind_parse (event->type, &origin->kind))
    origin->kind = ARMMS_PUNCH_UNKNOWN;
  log.codes = armms_store_codes_text (store, codes);
  armms_store_keep_log (store, &log);
  anomaly.id = armms_anomaly_id (&event->clock_event_id, anomaly.code);
  anomaly.duty_date = armms_zone_date (store->pass->settings->zone, event->event_ts);
  if (!g_hash_table_contains (store->known_anomalies, &anomaly.id))
    g_array_append_val (store->anomalies, anomaly);
}

static gboolean
load_known_strays (ArmmsStore *store, const ArmmsStrayEvent *events, gsize n, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), anomaly_ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) instants = g_array_new (FALSE, FALSE, sizeof (ArmmsInstant));
  g_autoptr(ArmmsRows) logs = NULL, anomalies = NULL;

  for (gsize i = 0; i < n; i++)
    {
      ArmmsId anomaly_id = armms_anomaly_id (&events[i].clock_event_id, ARMMS_ANOMALY_UNKNOWN_EMPLOYEE);

      g_array_append_val (ids, events[i].clock_event_id);
      g_array_append_val (instants, events[i].event_ts);
      g_array_append_val (anomaly_ids, anomaly_id);
    }
  logs = armms_work_query (store->pass->work, "timekeeping/derive-known-logs-by-id",
                           armms_params_instants (armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) ids->data, ids->len),
                                                  (const ArmmsInstant *) (gpointer) instants->data, instants->len), error);
  if (logs == NULL)
    return FALSE;
  store->known_logs = armms_store_read_known (logs, "time_log_id", FALSE);
  anomalies = armms_work_query (store->pass->work, "timekeeping/derive-known-anomalies-by-id",
                                armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) anomaly_ids->data, anomaly_ids->len), error);
  if (anomalies == NULL)
    return FALSE;
  store->known_anomalies = armms_store_read_known (anomalies, "anomaly_id", FALSE);
  return TRUE;
}

gboolean
armms_derive_strays (ArmmsWork *work, const ArmmsTimekeepingSettings *settings, const ArmmsStrayEvent *events, gsize n,
                     ArmmsDeriveMode mode, ArmmsDeriveFigures *figures, GError **error)
{
  ArmmsPass pass = { .work = work, .settings = settings, .mode = mode, .figures = figures };
  g_auto(ArmmsStore) store = { 0 };
  g_autofree ArmmsPunchOrigin *origins = g_new (ArmmsPunchOrigin, n);

  armms_store_init (&store, &pass);
  if (n == 0)
    return TRUE;
  if (!load_known_strays (&store, events, n, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    add_stray (&store, &events[i], &origins[i]);
  armms_store_count (&store);
  return mode == ARMMS_DERIVE_COMPARE
         || (armms_store_write_logs (work, store.logs, error)
             && (store.anomalies->len == 0 || armms_store_write_anomalies (work, store.anomalies, error)) && armms_store_tell (&store, error));
}
