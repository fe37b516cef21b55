/* What is odd about logs and lines. */
#include "server/timekeeping/derive/store/store-private.h"

#include "server/timekeeping/derive/columns.h"

void
armms_store_add_anomaly (ArmmsStore *store, const ArmmsAnomalyRow *anomaly)
{
  ArmmsKnownRow *known = g_hash_table_lookup (store->known_anomalies, &anomaly->id);

  if (known != NULL)
    known->seen = TRUE;
  if (known == NULL || known->hash != anomaly->minutes || known->duty_date.days != anomaly->duty_date.days
      || !armms_id_equal (&known->detachment_id, &anomaly->detachment_id))
    g_array_append_val (store->anomalies, *anomaly);
}

void
armms_store_add_punch_anomalies (ArmmsStore *store, const ArmmsUnit *unit, const ArmmsPunch *punch, const ArmmsPunchOrigin *origin,
                                 const ArmmsDuty *duty, ArmmsDate home)
{
  for (guint code = 0; code < ARMMS_N_ANOMALY_CODES; code++)
    if (punch->codes & (1u << code))
      {
        ArmmsAnomalyRow anomaly = { .employee_id = unit->employee_id, .duty_date = home, .code = (ArmmsAnomalyCode) code,
                                    .detachment_id = punch->detachment_id };

        anomaly.id = armms_anomaly_id (&punch->id, anomaly.code);
        anomaly.time_log_id = origin->added ? ARMMS_ID_NIL : punch->id;
        if (duty != NULL)
          {
            anomaly.detachment_id = duty->detachment_id;
            anomaly.shift_id = duty->shift_id;
            anomaly.position_id = duty->position_id;
          }
        if (code == ARMMS_ANOMALY_CLOCK_SKEW)
          anomaly.minutes = ABS (punch->skew);
        armms_store_add_anomaly (store, &anomaly);
      }
}

void
armms_store_add_line_anomalies (ArmmsStore *store, const ArmmsLineRow *line, guint32 told)
{
  guint32 codes = line->line->codes & ~told;

  for (guint code = 0; code < ARMMS_N_ANOMALY_CODES; code++)
    if (codes & (1u << code))
      {
        ArmmsAnomalyRow anomaly = { .employee_id = line->employee_id, .duty_date = line->line->duty_date, .code = (ArmmsAnomalyCode) code,
                                    .detachment_id = line->duty->detachment_id, .shift_id = line->duty->shift_id,
                                    .position_id = line->duty->position_id };

        anomaly.id = armms_anomaly_id (&line->id, anomaly.code);
        anomaly.minutes = armms_day_line_code_minutes (line->line, anomaly.code);
        armms_store_add_anomaly (store, &anomaly);
      }
}

static int
compare_anomalies (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (&((const ArmmsAnomalyRow *) a)->id, &((const ArmmsAnomalyRow *) b)->id);
}

gboolean
armms_store_write_anomalies (ArmmsWork *work, GArray *anomalies, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  g_array_sort (anomalies, compare_anomalies);
  ARMMS_COLUMN_IDS (params, anomalies, ArmmsAnomalyRow, row->id);
  ARMMS_COLUMN_IDS (params, anomalies, ArmmsAnomalyRow, row->employee_id);
  ARMMS_COLUMN_DATES (params, anomalies, ArmmsAnomalyRow, row->duty_date);
  ARMMS_COLUMN_IDS (params, anomalies, ArmmsAnomalyRow, row->time_log_id);
  ARMMS_COLUMN_IDS (params, anomalies, ArmmsAnomalyRow, row->detachment_id);
  ARMMS_COLUMN_IDS (params, anomalies, ArmmsAnomalyRow, row->shift_id);
  ARMMS_COLUMN_IDS (params, anomalies, ArmmsAnomalyRow, row->position_id);
  ARMMS_COLUMN_INTEGERS (params, anomalies, ArmmsAnomalyRow, row->minutes);
  ARMMS_COLUMN_TEXTS (params, anomalies, ArmmsAnomalyRow, armms_anomaly_code_name (row->code));
  ARMMS_COLUMN_TEXTS (params, anomalies, ArmmsAnomalyRow, armms_severity_name (armms_anomaly_severity (row->code)));
  ARMMS_COLUMN_TEXTS (params, anomalies, ArmmsAnomalyRow, row->employee_ref);
  return armms_work_execute (work, "timekeeping/anomalies-put", params, /* ret_count= */ NULL, error);
}

gboolean
armms_store_remove_anomalies (ArmmsWork *work, const GArray *ids, GError **error)
{
  return ids->len == 0
         || armms_work_execute (work, "timekeeping/anomalies-remove",
                                armms_params_ids (armms_params_new (), (const ArmmsId *) (gconstpointer) ids->data, ids->len),
                                /* ret_count= */ NULL, error);
}
