#define G_LOG_DOMAIN "armms-stream"

#include "server/platform/stream/stream.h"

#define FNV_BASIS 2166136261u
#define FNV_PRIME 16777619u

guint
armms_stream_slot_of (const ArmmsId *key, guint slots)
{
  guint32 hash = FNV_BASIS;

  for (gsize i = 0; i < sizeof key->bytes; i++)
    hash = (hash ^ key->bytes[i]) * FNV_PRIME;
  return hash % slots;
}

gboolean
armms_stream_advance (ArmmsWork        *work,
                      ArmmsStreamSlot  *slot,
                      guint64           xid,
                      const ArmmsId    *id,
                      GError          **error)
{
  ArmmsParams *params = armms_params_new ();
  gint64 count = 0;

  armms_params_text (params, slot->reader->name);
  armms_params_integer (params, slot->slot);
  armms_params_integer (params, slot->lease_no);
  armms_params_integer (params, (gint64) xid);
  armms_params_id (params, id);
  armms_params_integer (params, ARMMS_STREAM_LEASE_MS);
  if (!armms_work_execute (work, "queue/stream-advance", params, &count, error))
    return FALSE;
  if (count == 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "stream.lease_lost", "slot %u of %s is another worker's", slot->slot, slot->reader->name);
      return FALSE;
    }
  slot->next_xid = xid;
  slot->next_id = *id;
  return TRUE;
}

gboolean
armms_stream_error_is_transient (const GError *error)
{
  return g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE)
         || g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_TIMED_OUT)
         || g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_CANCELLED)
         || g_str_equal (armms_error_get_code (error), "db.serialization")
         || g_str_equal (armms_error_get_code (error), "stream.lease_lost");
}

gboolean
armms_stream_park (ArmmsWork        *work,
                   ArmmsStreamSlot  *slot,
                   const ArmmsId    *item,
                   const char       *key,
                   const char       *message_json,
                   const GError     *cause,
                   GError          **error)
{
  const ArmmsId dead_letter_id = armms_id_new ();
  const gint64 position = 0;
  ArmmsParams *params = armms_params_new ();

  armms_params_ids (params, &dead_letter_id, 1);
  armms_params_text (params, "stream");
  armms_params_text (params, slot->reader->name);
  armms_params_ids (params, item, 1);
  armms_params_texts (params, &key, 1);
  armms_params_integers (params, &position, 1);
  armms_params_text (params, "PARKED");
  armms_params_text (params, armms_error_get_code (cause));
  armms_params_text (params, cause->message);
  armms_params_integer (params, 1);
  armms_params_jsons (params, &message_json, 1);
  return armms_work_execute (work, "queue/dead-letter-add", params, NULL, error);
}
