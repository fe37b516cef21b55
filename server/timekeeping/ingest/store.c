#define G_LOG_DOMAIN "armms-ingest"

#include "server/timekeeping/ingest/store.h"

#include "server/platform/doorbell/doorbell.h"
#include "server/platform/outbox/outbox.h"
#include "server/platform/stream/stream.h"
#include "server/rules/time/anomaly.h"

#include <string.h>

/* The items of one tenant within a portion: [first, first + n). */
typedef struct {
  ArmmsIngestItem **items;
  guint n;
} Share;

int
armms_ingest_item_compare (gconstpointer a, gconstpointer b)
{
  const ArmmsIngestItem *x = *(ArmmsIngestItem *const *) a, *y = *(ArmmsIngestItem *const *) b;
  int order = armms_id_compare (&x->tenant_id, &y->tenant_id);

  if (order == 0)
    order = armms_id_compare (&x->event->device_id, &y->event->device_id);
  if (order == 0)
    order = armms_id_compare (&x->event->event_id, &y->event->event_id);
  /* Equal keys: the one that came first is the first, by our own rising ids. */
  return order != 0 ? order : armms_id_compare (&x->clock_event_id, &y->clock_event_id);
}

#define COLUMN(params, share, Type, append, expression) \
  G_STMT_START { \
    g_autofree Type *values = g_new (Type, (share)->n); \
    for (guint i = 0; i < (share)->n; i++) \
      { \
        const ArmmsIngestItem *item = (share)->items[i]; \
        const ArmmsIngestEvent *event = item->event; \
        (void) event; \
        values[i] = (expression); \
      } \
    append ((params), values, (share)->n); \
  } G_STMT_END

static void
append_texts (ArmmsParams *params, char **values, gsize n)
{
  armms_params_texts (params, (const char *const *) values, n);
}

static void
append_jsons (ArmmsParams *params, char **values, gsize n)
{
  armms_params_jsons (params, (const char *const *) values, n);
}

static ArmmsParams *
columns_of (const Share *share)
{
  ArmmsParams *params = armms_params_new ();

  COLUMN (params, share, ArmmsId, armms_params_ids, item->clock_event_id);
  COLUMN (params, share, ArmmsInstant, armms_params_instants, event->ts);
  COLUMN (params, share, ArmmsId, armms_params_ids, event->device_id);
  COLUMN (params, share, ArmmsId, armms_params_ids, event->event_id);
  COLUMN (params, share, ArmmsId, armms_params_ids, item->employee_id);
  COLUMN (params, share, ArmmsId, armms_params_ids, item->detachment_id);
  COLUMN (params, share, ArmmsInstant, armms_params_instants, item->received_at);
  COLUMN (params, share, gint64, armms_params_integers, event->seq);
  COLUMN (params, share, gint64, armms_params_integers, item->clock_offset_seconds);
  COLUMN (params, share, gint64, armms_params_integers, item->slot);
  COLUMN (params, share, gboolean, armms_params_booleans, item->device_known);
  COLUMN (params, share, char *, append_texts, (char *) event->type);
  COLUMN (params, share, char *, append_texts, (char *) event->employee_ref);
  COLUMN (params, share, char *, append_jsons, (char *) event->payload);
  COLUMN (params, share, gint64, armms_params_integers, event->body_hash);
  COLUMN (params, share, ArmmsId, armms_params_ids, item->sender_id);
  return params;
}

static void
settle_known (ArmmsIngestItem *item, const ArmmsId *clock_event_id, gint64 body_hash)
{
  if (body_hash == item->event->body_hash)
    {
      item->outcome = ARMMS_INGEST_DUPLICATE;
      item->clock_event_id = *clock_event_id;
      item->code = NULL;
      return;
    }
  item->outcome = ARMMS_INGEST_REJECTED;
  item->code = "event.key_reused";
}

/* Whose key stands already: the same event again, or another under its key. */
static gboolean
settle_replays (ArmmsWork *work, const Share *share, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;
  Share missing = { g_newa (ArmmsIngestItem *, share->n), 0 };

  for (guint i = 0; i < share->n; i++)
    if (share->items[i]->outcome == ARMMS_INGEST_PENDING)
      missing.items[missing.n++] = share->items[i];
  if (missing.n == 0)
    return TRUE;
  params = armms_params_new ();
  COLUMN (params, &missing, ArmmsId, armms_params_ids, event->device_id);
  COLUMN (params, &missing, ArmmsId, armms_params_ids, event->event_id);
  rows = armms_work_query (work, "timekeeping/clock-event-keys", params, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "clock_event_id");

      settle_known (missing.items[armms_rows_integer (rows, i, "n") - 1], &id, armms_rows_integer (rows, i, "body_hash"));
    }
  return TRUE;
}

/* Those of @share that came twice within it: only the first goes to the database. */
static void
fold_repeated (const Share *share, Share *ret_first)
{
  ret_first->n = 0;
  for (guint i = 0; i < share->n; i++)
    {
      ArmmsIngestItem *item = share->items[i];
      const ArmmsIngestItem *last = ret_first->n == 0 ? NULL : ret_first->items[ret_first->n - 1];

      if (last != NULL && armms_id_equal (&last->event->device_id, &item->event->device_id)
          && armms_id_equal (&last->event->event_id, &item->event->event_id))
        settle_known (item, &last->clock_event_id, last->event->body_hash);
      else
        ret_first->items[ret_first->n++] = item;
    }
}

static gboolean
tell_recorded (ArmmsWork *work, const Share *share, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  GString *payload = g_string_sized_new (share->n * 40 + 32);
  ArmmsId id = armms_id_new ();
  char text[ARMMS_ID_TEXT_SIZE];
  guint told = 0;

  g_string_append (payload, "{\"clock_event_ids\":[");
  for (guint i = 0; i < share->n; i++)
    if (share->items[i]->outcome == ARMMS_INGEST_ACCEPTED)
      g_string_append_printf (payload, "%s\"%s\"", told++ > 0 ? "," : "", armms_id_format (&share->items[i]->clock_event_id, text));
  g_string_append (payload, "]}");
  g_ptr_array_add (events, armms_event_new ("armms.timekeeping.ClockEventRecorded.v1", "clock-event-batch", &id, 1, &id,
                                            g_string_free (payload, FALSE)));
  return told == 0 || armms_outbox_append (work, "timekeeping", events, error);
}

static gboolean
insert (ArmmsWork *work, const char *statement, const Share *share, ArmmsParams *params, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, statement, params, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < share->n; i++)
    share->items[i]->outcome = ARMMS_INGEST_ACCEPTED;
  /* The rows say who was there already. */
  for (guint i = 0; i < armms_rows_count (rows); i++)
    share->items[armms_rows_integer (rows, i, "n") - 1]->outcome = ARMMS_INGEST_PENDING;
  return settle_replays (work, share, error);
}

static gboolean
store_plain (ArmmsWork *work, const Share *share, GError **error)
{
  return share->n == 0
         || (insert (work, "timekeeping/clock-events-insert", share, columns_of (share), error) && tell_recorded (work, share, error));
}

static gboolean
store_quarantined (ArmmsWork *work, const Share *share, GError **error)
{
  ArmmsParams *params;

  if (share->n == 0)
    return TRUE;
  params = columns_of (share);
  COLUMN (params, share, char *, append_texts, (char *) item->quarantined);
  COLUMN (params, share, ArmmsDate, armms_params_dates, item->local_day);
  for (guint i = 0; i < share->n; i++)
    share->items[i]->code = share->items[i]->quarantined[4] == 'o' ? "event.too_old" : "event.too_new";
  COLUMN (params, share, ArmmsId, armms_params_ids, armms_id_new ());
  armms_params_text (params, armms_severity_name (armms_anomaly_severity (ARMMS_ANOMALY_CLOCK_SKEW)));
  return insert (work, "timekeeping/clock-events-quarantine", share, params, error);
}

static gboolean
store_share (ArmmsWork *work, const Share *share, GError **error)
{
  g_autofree ArmmsIngestItem **storage = g_new (ArmmsIngestItem *, share->n * 3);
  Share first = { storage, 0 }, plain = { storage + share->n, 0 }, quarantined = { storage + 2 * share->n, 0 };

  for (guint i = 0; i < share->n; i++)
    {
      share->items[i]->outcome = ARMMS_INGEST_PENDING;
      share->items[i]->code = NULL;
    }
  fold_repeated (share, &first);
  for (guint i = 0; i < first.n; i++)
    {
      Share *to = first.items[i]->quarantined != NULL ? &quarantined : &plain;

      to->items[to->n++] = first.items[i];
    }
  return armms_work_switch_tenant (work, &share->items[0]->tenant_id, error) && store_plain (work, &plain, error)
         && store_quarantined (work, &quarantined, error);
}

static gboolean
store_portion (ArmmsDb *db, ArmmsIngestItem **items, guint n, GError **error)
{
  const ArmmsActor actor = { .tenant_id = items[0]->tenant_id, .request_id = "timekeeping.ingest" };
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_WRITE, &actor, error);

  if (work == NULL)
    return FALSE;
  for (guint first = 0; first < n;)
    {
      Share share = { items + first, 1 };

      while (first + share.n < n && armms_id_equal (&items[first + share.n]->tenant_id, &items[first]->tenant_id))
        share.n++;
      if (!store_share (work, &share, error))
        return FALSE;
      first += share.n;
    }
  armms_doorbell_ring (work, "timekeeping.clock_events");
  return armms_work_commit (work, error);
}

static gboolean
store_halved (ArmmsDb *db, ArmmsIngestItem **items, guint n, GError **error)
{
  g_autoptr(GError) cause = NULL;

  if (store_portion (db, items, n, &cause))
    return TRUE;
  if (armms_stream_error_is_transient (cause))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (n > 1)
    return store_halved (db, items, n / 2, error) && store_halved (db, items + n / 2, n - n / 2, error);
  g_warning ("an event was refused by the database: %s", cause->message);
  items[0]->outcome = ARMMS_INGEST_REJECTED;
  items[0]->code = "event.refused";
  return TRUE;
}

gboolean
armms_ingest_store (ArmmsDb *db, GPtrArray *items, GError **error)
{
  g_autoptr(GError) cause = NULL;

  if (items->len == 0 || store_halved (db, (ArmmsIngestItem **) items->pdata, items->len, &cause))
    return TRUE;
  /* Once more: a deadlock or a connection that was lost in between are gone by then. Replays count once. */
  if (g_str_equal (armms_error_get_code (cause), "db.serialization")
      && store_halved (db, (ArmmsIngestItem **) items->pdata, items->len, error))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
