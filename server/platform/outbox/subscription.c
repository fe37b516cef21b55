#define G_LOG_DOMAIN "armms-outbox"

#include "server/platform/outbox/outbox.h"

#include "server/platform/jobs/job.h"
#include "server/platform/outbox/outbox-private.h"

#define BATCH 256
#define MAX_ATTEMPTS 5
#define REDRIVE_BATCH 200

/* The events of one tenant in a batch, in order. */
typedef struct {
  ArmmsId tenant_id;
  GPtrArray *events; /* owned, of ArmmsEvent */
} Share;

typedef struct {
  const ArmmsSubscription *subscription;
  ArmmsStreamSlot *slot;
  GPtrArray *shares;   /* owned, of Share */
  guint64 xid;         /* the last position read */
  ArmmsId id;
  gboolean careful;
} Batch;

/* Some events of one share, for a savepoint. */
typedef struct {
  const ArmmsSubscription *subscription;
  const GPtrArray *events;
} Portion;

static void
share_free (gpointer data)
{
  Share *share = data;

  g_ptr_array_unref (share->events);
  g_free (share);
}

static ArmmsEvent *
event_from_row (ArmmsRows *rows, guint row)
{
  ArmmsEvent *event = armms_rows_record (rows, row, &armms_event_type);

  event->xid = (guint64) armms_rows_integer (rows, row, "xid");
  return event;
}

/* ---- reading the source --------------------------------------------------------------------------------------- */

static Share *
share_of (GPtrArray *shares, const ArmmsId *tenant_id)
{
  Share *share;

  for (guint i = 0; i < shares->len; i++)
    {
      share = g_ptr_array_index (shares, i);
      if (armms_id_equal (&share->tenant_id, tenant_id))
        return share;
    }
  share = g_new0 (Share, 1);
  share->tenant_id = *tenant_id;
  share->events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  g_ptr_array_add (shares, share);
  return share;
}

static gboolean
read_positions (ArmmsWork *work, Batch *batch, guint *ret_count, GError **error)
{
  ArmmsStreamSlot *slot = batch->slot;
  g_autofree char *statement = armms_outbox_statement (batch->subscription->source_schema, "next");
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();

  armms_params_integer (params, slot->slot);
  armms_params_integer (params, (gint64) slot->after_xid);
  armms_params_id (params, &slot->after_id);
  armms_params_integer (params, BATCH);
  rows = armms_work_query (work, statement, params, error);
  if (rows == NULL)
    return FALSE;

  *ret_count = armms_rows_count (rows);
  for (guint i = 0; i < *ret_count; i++)
    {
      const ArmmsId tenant_id = armms_rows_id (rows, i, "tenant_id");

      share_of (batch->shares, &tenant_id);
      batch->xid = (guint64) armms_rows_integer (rows, i, "xid");
      batch->id = armms_rows_id (rows, i, "id");
    }
  return TRUE;
}

static gboolean
read_share (ArmmsWork *work, Batch *batch, Share *share, GError **error)
{
  ArmmsStreamSlot *slot = batch->slot;
  g_autofree char *statement = armms_outbox_statement (batch->subscription->source_schema, "range");
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;

  if (!armms_work_switch_tenant (work, &share->tenant_id, error))
    return FALSE;
  params = armms_params_new ();
  armms_params_integer (params, slot->slot);
  armms_params_integer (params, (gint64) slot->after_xid);
  armms_params_id (params, &slot->after_id);
  armms_params_integer (params, (gint64) batch->xid);
  armms_params_id (params, &batch->id);
  armms_params_text (params, batch->subscription->event);
  rows = armms_work_query (work, statement, params, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    g_ptr_array_add (share->events, event_from_row (rows, i));
  return TRUE;
}

static gboolean
read_batch (Batch *batch, guint *ret_count, GError **error)
{
  const ArmmsActor actor = { .request_id = batch->subscription->name };
  g_autoptr(ArmmsWork) work = NULL;

  work = armms_work_begin (batch->slot->db, batch->subscription->source_schema, ARMMS_WORK_READ_FRESH, &actor, error);
  if (work == NULL || !read_positions (work, batch, ret_count, error))
    return FALSE;
  for (guint i = 0; i < batch->shares->len; i++)
    if (!read_share (work, batch, g_ptr_array_index (batch->shares, i), error))
      return FALSE;
  return armms_work_commit (work, error);
}

/* ---- taking: inbox and effect in one unit --------------------------------------------------------------------- */

static GHashTable *
load_blocked (ArmmsWork *work, const char *name, const GPtrArray *events, GError **error)
{
  g_autoptr(GHashTable) blocked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree const char **keys = g_new0 (const char *, events->len);
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < events->len; i++)
    keys[i] = ((ArmmsEvent *) g_ptr_array_index (events, i))->partition_key;
  armms_params_text (params, name);
  armms_params_texts (params, keys, events->len);
  rows = armms_work_query (work, "queue/blocked-keys", params, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    g_hash_table_add (blocked, g_strdup (armms_rows_text (rows, i, "partition_key")));
  return g_steal_pointer (&blocked);
}

/* Inbox rows for @events and the effect of those that are new. */
static gboolean
take (ArmmsWork *work, gpointer user_data, GError **error)
{
  const Portion *portion = user_data;
  const ArmmsSubscription *subscription = portion->subscription;
  g_autofree char *statement = armms_outbox_statement (subscription->consumer_schema, "inbox-take");
  g_autofree ArmmsId *ids = g_new (ArmmsId, portion->events->len);
  g_autoptr(GHashTable) fresh = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, NULL);
  g_autoptr(GPtrArray) events = g_ptr_array_new ();
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < portion->events->len; i++)
    ids[i] = ((ArmmsEvent *) g_ptr_array_index (portion->events, i))->event_id;
  armms_params_text (params, subscription->name);
  armms_params_ids (params, ids, portion->events->len);
  rows = armms_work_query (work, statement, params, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      const ArmmsId id = armms_rows_id (rows, i, "event_id");
      g_hash_table_add (fresh, g_memdup2 (&id, sizeof id));
    }
  for (guint i = 0; i < portion->events->len; i++)
    {
      ArmmsEvent *event = g_ptr_array_index (portion->events, i);

      /* The same event twice in one batch counts once. */
      if (g_hash_table_remove (fresh, &event->event_id))
        g_ptr_array_add (events, event);
    }
  return events->len == 0 || subscription->on_events (work, events, error);
}

/* ---- parking: a poisoned key waits, the others flow ------------------------------------------------------------ */

/* The event as a dead letter keeps it; the payload is a string in it, so that it stays letter for letter. */
static char *
event_to_message (const ArmmsEvent *event)
{
  g_autoptr(JsonNode) node = armms_record_to_json (&armms_event_type, event, /* scopes= */ NULL);

  return json_to_string (node, /* pretty= */ FALSE);
}

static ArmmsEvent *
event_from_message (const char *message, GError **error)
{
  g_autoptr(JsonNode) node = json_from_string (message, error);

  if (node == NULL)
    return NULL;
  return armms_record_from_json (&armms_event_type, node, ARMMS_DECODE_ANSWER, NULL, error);
}

static gboolean
park_events (ArmmsWork *work, const char *name, const GPtrArray *events, const char *code, const char *reason, GError **error)
{
  const guint n = events->len;
  g_autofree ArmmsId *letters = g_new (ArmmsId, n);
  g_autofree ArmmsId *items = g_new (ArmmsId, n);
  g_autofree const char **keys = g_new (const char *, n);
  g_autofree gint64 *positions = g_new (gint64, n);
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < n; i++)
    {
      ArmmsEvent *event = g_ptr_array_index (events, i);

      letters[i] = armms_id_new ();
      items[i] = event->event_id;
      keys[i] = event->partition_key;
      positions[i] = (gint64) event->xid;
      g_ptr_array_add (messages, event_to_message (event));
    }
  armms_params_ids (params, letters, n);
  armms_params_text (params, "event");
  armms_params_text (params, name);
  armms_params_ids (params, items, n);
  armms_params_texts (params, keys, n);
  armms_params_integers (params, positions, n);
  armms_params_text (params, "RETRYING");
  armms_params_text (params, code);
  armms_params_text (params, reason);
  armms_params_integer (params, 1);
  armms_params_jsons (params, (const char *const *) messages->pdata, n);
  return armms_work_execute (work, "queue/dead-letter-add", params, NULL, error);
}

static gboolean
send_redrive (ArmmsWork *work, const char *name, const char *key, gint64 delay_ms, GError **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *payload = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "subscription");
  json_builder_add_string_value (builder, name);
  json_builder_set_member_name (builder, "partition_key");
  json_builder_add_string_value (builder, key);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  payload = json_to_string (root, /* pretty= */ FALSE);
  /* No unique key: the job that sends this one is live itself. Two redrives of a key wait for one another. */
  return armms_jobs_send_later (work, "queue.redrive", payload, /* unique_key= */ NULL, delay_ms, NULL, error);
}

static gint64
redrive_delay_ms (gint64 attempts)
{
  return (G_GINT64_CONSTANT (500) << MIN (attempts, 8)) + g_random_int_range (0, 500);
}

static gboolean
block_key (ArmmsWork *work, const char *name, ArmmsEvent *event, const GError *cause, GError **error)
{
  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();

  g_warning ("%s: event %s of key %s waits: %s", name, event->schema, event->partition_key, cause->message);
  g_ptr_array_add (one, event);
  armms_params_text (params, name);
  armms_params_text (params, event->partition_key);
  armms_params_text (params, cause->message);
  rows = armms_work_query (work, "queue/blocked-key-add", params, error);
  return rows != NULL
         && park_events (work, name, one, armms_error_get_code (cause), cause->message, error)
         && send_redrive (work, name, event->partition_key, redrive_delay_ms (1), error);
}

/* Takes @events as a whole, or halves them until the one that fails stands alone: O(failures x log n) tries. */
static gboolean
take_careful (ArmmsWork *work, const ArmmsSubscription *subscription, const GPtrArray *events, GHashTable *blocked, GError **error)
{
  g_autoptr(GPtrArray) open = g_ptr_array_new ();
  g_autoptr(GPtrArray) behind = g_ptr_array_new ();
  g_autoptr(GPtrArray) left = g_ptr_array_new ();
  g_autoptr(GPtrArray) right = g_ptr_array_new ();
  g_autoptr(GError) cause = NULL;
  Portion portion = { subscription, open };

  for (guint i = 0; i < events->len; i++)
    {
      ArmmsEvent *event = g_ptr_array_index (events, i);
      g_ptr_array_add (g_hash_table_contains (blocked, event->partition_key) ? behind : open, event);
    }
  if (behind->len > 0
      && !park_events (work, subscription->name, behind, "queue.waits_behind", "an earlier event of the same key waits", error))
    return FALSE;
  if (open->len == 0 || armms_work_try (work, take, &portion, &cause))
    return TRUE;
  if (armms_stream_error_is_transient (cause))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (open->len == 1)
    {
      ArmmsEvent *event = g_ptr_array_index (open, 0);

      g_hash_table_add (blocked, g_strdup (event->partition_key));
      return block_key (work, subscription->name, event, cause, error);
    }
  for (guint i = 0; i < open->len; i++)
    g_ptr_array_add (i < open->len / 2 ? left : right, g_ptr_array_index (open, i));
  return take_careful (work, subscription, left, blocked, error)
         && take_careful (work, subscription, right, blocked, error);
}

/* ---- one pass over one slot ------------------------------------------------------------------------------------ */

static gboolean
take_share (ArmmsWork *work, Batch *batch, Share *share, GError **error)
{
  g_autoptr(GHashTable) blocked = NULL;
  Portion portion = { batch->subscription, share->events };

  if (share->events->len == 0)
    return TRUE;
  if (!armms_work_switch_tenant (work, &share->tenant_id, error))
    return FALSE;
  blocked = load_blocked (work, batch->subscription->name, share->events, error);
  if (blocked == NULL)
    return FALSE;
  if (batch->careful || g_hash_table_size (blocked) > 0)
    return take_careful (work, batch->subscription, share->events, blocked, error);
  return take (work, &portion, error);
}

static gboolean
take_batch (ArmmsWork *work, gpointer user_data, GError **error)
{
  Batch *batch = user_data;

  for (guint i = 0; i < batch->shares->len; i++)
    if (!take_share (work, batch, g_ptr_array_index (batch->shares, i), error))
      return FALSE;
  return armms_stream_advance (work, batch->slot, batch->xid, &batch->id, error);
}

static gboolean
on_subscription_slot (ArmmsStreamSlot *slot, gboolean careful, gboolean *ret_more, GError **error)
{
  const ArmmsSubscription *subscription = slot->reader->data;
  const ArmmsActor actor = { .request_id = subscription->name };
  g_autoptr(GPtrArray) shares = g_ptr_array_new_with_free_func (share_free);
  g_autoptr(GError) cause = NULL;
  Batch batch = { .subscription = subscription, .slot = slot, .shares = shares, .careful = careful };
  guint count = 0;

  *ret_more = FALSE;
  if (!read_batch (&batch, &count, error))
    return FALSE;
  if (count == 0)
    return TRUE;
  *ret_more = count == BATCH;

  if (armms_work_run (slot->db, subscription->consumer_schema, ARMMS_WORK_WRITE, &actor, take_batch, &batch, &cause))
    return TRUE;
  /* One bad event must not hold up the others of its batch: the same again, with savepoints, at once. */
  if (!batch.careful && !armms_stream_error_is_transient (cause))
    {
      batch.careful = TRUE;
      return armms_work_run (slot->db, subscription->consumer_schema, ARMMS_WORK_WRITE, &actor, take_batch, &batch, error);
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

ArmmsStreamReader *
armms_subscription_reader_new (const ArmmsSubscription *subscription)
{
  ArmmsStreamReader *reader = g_new0 (ArmmsStreamReader, 1);
  g_autofree char *table = g_strdup_printf ("%s.%s_outbox", subscription->source_schema, subscription->source_schema);

  reader->name = subscription->name;
  reader->schema = subscription->consumer_schema;
  reader->source_schema = subscription->source_schema;
  reader->slots = ARMMS_OUTBOX_SLOTS;
  reader->on_slot = on_subscription_slot;
  reader->data = subscription;
  reader->table = g_intern_string (table);
  return reader;
}

/* ---- again ------------------------------------------------------------------------------------------------------ */

typedef struct {
  const ArmmsSubscription *subscription;
  const char *key;
} Redrive;

static gboolean
set_letters (ArmmsWork *work, const GArray *letters, const char *state, const char *reason, GError **error)
{
  ArmmsParams *params;

  if (letters->len == 0)
    return TRUE;
  params = armms_params_new ();
  armms_params_ids (params, (const ArmmsId *) (gconstpointer) letters->data, letters->len);
  armms_params_text (params, state);
  armms_params_text (params, reason);
  return armms_work_execute (work, "queue/dead-letter-event-state", params, NULL, error);
}

static gboolean
stay_blocked (ArmmsWork *work, const Redrive *redrive, const ArmmsId *letter, gint64 attempts, const GError *cause, GError **error)
{
  g_autoptr(GArray) one = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();
  const gboolean again = attempts + 1 < MAX_ATTEMPTS;

  g_array_append_val (one, *letter);
  armms_params_text (params, redrive->subscription->name);
  armms_params_text (params, redrive->key);
  armms_params_text (params, cause->message);
  rows = armms_work_query (work, "queue/blocked-key-add", params, error);
  return rows != NULL
         && set_letters (work, one, again ? "RETRYING" : "PARKED", cause->message, error)
         && (!again || send_redrive (work, redrive->subscription->name, redrive->key, redrive_delay_ms (attempts + 1), error));
}

/* In order, one after the other, until one fails or none is left; then the key is free. */
static gboolean
redrive_key (ArmmsWork *work, gpointer user_data, GError **error)
{
  Redrive *redrive = user_data;
  gint64 attempts;

  {
    g_autoptr(ArmmsRows) rows = NULL;
    ArmmsParams *params = armms_params_new ();

    armms_params_text (params, redrive->subscription->name);
    armms_params_text (params, redrive->key);
    rows = armms_work_query (work, "queue/blocked-key-take", params, error);
    if (rows == NULL)
      return FALSE;
    if (armms_rows_count (rows) == 0)
      return TRUE;
    attempts = armms_rows_integer (rows, 0, "attempts");
  }

  for (;;)
    {
      g_autoptr(ArmmsRows) rows = NULL;
      g_autoptr(GArray) done = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
      ArmmsParams *params = armms_params_new ();

      armms_params_text (params, redrive->subscription->name);
      armms_params_text (params, redrive->key);
      armms_params_integer (params, REDRIVE_BATCH);
      rows = armms_work_query (work, "queue/dead-letter-events", params, error);
      if (rows == NULL)
        return FALSE;
      if (armms_rows_count (rows) == 0)
        break;
      for (guint i = 0; i < armms_rows_count (rows); i++)
        {
          const ArmmsId letter = armms_rows_id (rows, i, "dead_letter_id");
          g_autoptr(ArmmsEvent) event = event_from_message (armms_rows_text (rows, i, "message"), error);
          g_autoptr(GPtrArray) one = g_ptr_array_new ();
          g_autoptr(GError) cause = NULL;
          Portion portion = { redrive->subscription, one };

          if (event == NULL)
            return FALSE;
          g_ptr_array_add (one, event);
          if (armms_work_try (work, take, &portion, &cause))
            {
              g_array_append_val (done, letter);
              continue;
            }
          if (armms_stream_error_is_transient (cause))
            {
              g_propagate_error (error, g_steal_pointer (&cause));
              return FALSE;
            }
          return set_letters (work, done, "RESENT", NULL, error)
                 && stay_blocked (work, redrive, &letter, attempts, cause, error);
        }
      if (!set_letters (work, done, "RESENT", NULL, error))
        return FALSE;
    }

  {
    ArmmsParams *params = armms_params_new ();

    armms_params_text (params, redrive->subscription->name);
    armms_params_text (params, redrive->key);
    return armms_work_execute (work, "queue/blocked-key-free", params, NULL, error);
  }
}

gboolean
armms_subscription_redrive (ArmmsDb                  *db,
                            const ArmmsSubscription  *subscription,
                            const ArmmsActor         *actor,
                            const char               *partition_key,
                            GError                  **error)
{
  Redrive redrive = { subscription, partition_key };

  return armms_work_run (db, subscription->consumer_schema, ARMMS_WORK_WRITE, actor, redrive_key, &redrive, error);
}

static GMutex announced_lock;
static GPtrArray *announced;

void
armms_subscription_announce (const ArmmsSubscription *subscription)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&announced_lock);

  if (announced == NULL)
    announced = g_ptr_array_new ();
  if (!g_ptr_array_find (announced, subscription, NULL))
    g_ptr_array_add (announced, (gpointer) subscription);
}

const ArmmsSubscription *
armms_subscription_find (const char *name)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&announced_lock);

  for (guint i = 0; announced != NULL && i < announced->len; i++)
    {
      const ArmmsSubscription *subscription = g_ptr_array_index (announced, i);

      if (g_strcmp0 (subscription->name, name) == 0)
        return subscription;
    }
  return NULL;
}
