#include "server/platform/outbox/outbox.h"

#include "server/platform/db/statement.h"
#include "server/platform/doorbell/doorbell.h"
#include "server/platform/outbox/outbox-private.h"

static const ArmmsField event_fields[] = {
  ARMMS_FIELD (ArmmsEvent, event_id, ID, .about = "UUIDv7 of the event; a consumer that has seen it drops it"),
  ARMMS_FIELD (ArmmsEvent, schema, TEXT, .about = "name and version: armms.<module>.<Name>.v1"),
  ARMMS_FIELD (ArmmsEvent, tenant_id, ID, .about = "the tenant that it belongs to"),
  ARMMS_FIELD (ArmmsEvent, aggregate_type, TEXT, .about = "what changed"),
  ARMMS_FIELD (ArmmsEvent, aggregate_id, ID, .about = "which one"),
  ARMMS_FIELD (ArmmsEvent, aggregate_version, INTEGER, .about = "its version after the change"),
  ARMMS_FIELD (ArmmsEvent, occurred_at, INSTANT, .about = "when"),
  ARMMS_FIELD (ArmmsEvent, partition_key, TEXT, .about = "order is kept within it"),
  ARMMS_FIELD (ArmmsEvent, payload, TEXT, .max = 1 << 22, .about = "the facts, as a JSON object"),
  { 0 },
};

const ArmmsRecordType armms_event_type = { "event", sizeof (ArmmsEvent), event_fields };

ArmmsEvent *
armms_event_new (const char     *schema,
                 const char     *aggregate_type,
                 const ArmmsId  *aggregate_id,
                 gint64          aggregate_version,
                 const ArmmsId  *partition_key,
                 char           *payload)
{
  ArmmsEvent *event = armms_record_new (&armms_event_type);

  event->event_id = armms_id_new ();
  event->schema = g_strdup (schema);
  event->aggregate_type = g_strdup (aggregate_type);
  event->aggregate_id = *aggregate_id;
  event->aggregate_version = aggregate_version;
  event->partition_key = armms_id_to_string (partition_key);
  event->payload = payload;
  return event;
}

void
armms_event_free (ArmmsEvent *event)
{
  armms_record_free (&armms_event_type, event);
}

/* The key is a text that need not be an id: its slot is taken from the id of its name. */
static guint
slot_of_key (const char *partition_key)
{
  ArmmsId id;

  if (!armms_id_parse (partition_key, &id))
    id = armms_id_from_name (&ARMMS_ID_NIL, partition_key);
  return armms_stream_slot_of (&id, ARMMS_OUTBOX_SLOTS);
}

char *
armms_outbox_statement (const char *schema, const char *name)
{
  return g_strdup_printf ("%s-outbox/%s", schema, name);
}

gboolean
armms_outbox_append (ArmmsWork *work, const char *schema, const GPtrArray *events, GError **error)
{
  const ArmmsId *tenant_id = &armms_work_get_actor (work)->tenant_id;
  g_autofree char *statement = armms_outbox_statement (schema, "append");
  g_autofree gint64 *slots = NULL;
  g_autofree char *table = NULL;
  ArmmsParams *params;

  if (events->len == 0)
    return TRUE;
  slots = g_new (gint64, events->len);
  for (guint i = 0; i < events->len; i++)
    {
      ArmmsEvent *event = g_ptr_array_index (events, i);

      if (armms_id_is_nil (&event->tenant_id))
        event->tenant_id = *tenant_id;
      if (armms_id_is_nil (tenant_id) || !armms_id_equal (&event->tenant_id, tenant_id))
        {
          armms_error_set (error, ARMMS_ERROR_INTERNAL, "event.tenant", "event %s is not of the tenant of its transaction", event->schema);
          return FALSE;
        }
      if (event->payload == NULL || event->partition_key == NULL)
        {
          armms_error_set (error, ARMMS_ERROR_INTERNAL, "event.incomplete", "event %s has no payload or no key", event->schema);
          return FALSE;
        }
      if (armms_id_is_nil (&event->event_id))
        event->event_id = armms_id_new ();
      slots[i] = slot_of_key (event->partition_key);
    }

  params = armms_params_new ();
  armms_params_columns (params, &armms_event_type, events, "event_id", "schema", "aggregate_type", "aggregate_id", "aggregate_version",
                        "occurred_at", "partition_key", NULL);
  armms_params_integers (params, slots, events->len);
  armms_params_columns (params, &armms_event_type, events, "payload", NULL);
  if (!armms_work_execute (work, statement, params, NULL, error))
    return FALSE;
  table = g_strdup_printf ("%s.%s_outbox", schema, schema);
  armms_doorbell_ring (work, table);
  return TRUE;
}

void
armms_outbox_register (ArmmsDb *db, const char *schema)
{
  g_autofree char *room = g_strdup_printf ("%s-outbox", schema);
  GArray *statements = g_array_new (TRUE, TRUE, sizeof (ArmmsStatement));

  for (const ArmmsStatement *template = armms_outbox_statements; template->name != NULL; template++)
    {
      g_auto(GStrv) parts = g_strsplit (template->sql, "{schema}", -1);
      ArmmsStatement statement = { template->name, g_strjoinv (schema, parts) };

      g_array_append_val (statements, statement);
    }
  /* As long-lived as the database handle, which ends with the program. */
  armms_db_add_statements (db, g_intern_string (room), g_intern_string (schema), (const ArmmsStatement *) (gpointer) g_array_free (statements, FALSE));
}
