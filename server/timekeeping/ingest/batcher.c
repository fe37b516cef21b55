#define G_LOG_DOMAIN "armms-ingest"

#include "server/timekeeping/ingest/ingest.h"

#include "server/platform/stream/stream.h"
#include "server/timekeeping/derive/derive.h"
#include "server/timekeeping/ingest/directory.h"
#include "server/timekeeping/ingest/store.h"

#include <libsoup/soup.h>
#include <string.h>

#define MOST_REQUESTS 256          /* of one flush */
#define MOST_BYTES (2 * 1024 * 1024)
#define MOST_WAITING_BYTES (64 * 1024 * 1024)

/* One request that waits for its flush. */
typedef struct {
  ArmmsRequest *request;
  gint64 came_at;     /* monotonic */
  ArmmsInstant received_at;
  guint first, n;     /* its items in the flush */
  gboolean is_array;
  GError *error;      /* owned: the whole request is refused */
} Waiting;

struct _ArmmsIngest
{
  ArmmsDb *db;
  guint most_waiting;
  gint64 linger_us;
  GMutex lock;
  GCond changed;
  GQueue waiting;     /* of Waiting */
  gsize waiting_bytes;
  guint flushing;
  gboolean stopping;
  GPtrArray *threads;
  ArmmsIngestFigures figures;
};

/* ---- what a flush works on -------------------------------------------------------------------------------------- */

typedef struct {
  ArmmsIngest *ingest;
  GPtrArray *requests;  /* of Waiting, owned */
  GStringChunk *texts;
  GArray *events;       /* of ArmmsIngestEvent */
  GArray *items;        /* of ArmmsIngestItem: one for each event */
} Flush;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_error (&waiting->error);
  g_free (waiting);
}

static void
flush_clear (Flush *flush)
{
  g_ptr_array_unref (flush->requests);
  g_string_chunk_free (flush->texts);
  g_array_unref (flush->events);
  g_array_unref (flush->items);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flush, flush_clear)

static void
decode_requests (Flush *flush)
{
  for (guint i = 0; i < flush->requests->len; i++)
    {
      Waiting *waiting = g_ptr_array_index (flush->requests, i);
      gsize size;
      const char *body = g_bytes_get_data (armms_request_get_bytes (waiting->request), &size);

      waiting->first = flush->events->len;
      if (!armms_ingest_decode (body != NULL ? body : "", size, flush->texts, flush->events, &waiting->is_array, &waiting->error))
        g_array_set_size (flush->events, waiting->first);
      waiting->n = flush->events->len - waiting->first;
    }
}

/* The device may say its own time in Device-Time: how far it is ahead of ours. */
static gint64
offset_of (const Waiting *waiting)
{
  const char *text = armms_request_get_header (waiting->request, "Device-Time");
  ArmmsInstant told;

  if (text == NULL || !armms_instant_parse (text, &told))
    return 0;
  return CLAMP ((told.us - waiting->received_at.us) / G_USEC_PER_SEC, -G_MAXINT32, G_MAXINT32);
}

/* Whose it is; FALSE when the directory does not know him. */
static gboolean
look_up (const ArmmsDirectory *directory, GStringChunk *texts, ArmmsIngestItem *item)
{
  const ArmmsIngestEvent *event = item->event;
  const ArmmsDirectoryDevice *device = armms_directory_find_device (directory, &event->device_id);

  item->device_known = device != NULL && device->active;
  item->detachment_id = !armms_id_is_nil (&event->detachment_id) ? event->detachment_id : device != NULL ? device->detachment_id : ARMMS_ID_NIL;
  item->employee_id = ARMMS_ID_NIL;
  if (!armms_id_is_nil (&event->employee_id))
    {
      if (armms_directory_has_employee (directory, &event->employee_id))
        item->employee_id = event->employee_id;
    }
  else
    item->employee_id = armms_directory_find_number (directory, event->employee_ref);
  /* A key that nobody is known by is kept as it was sent: he may be onboarded later. */
  if (armms_id_is_nil (&item->employee_id) && event->employee_ref == NULL)
    {
      char text[ARMMS_ID_TEXT_SIZE];

      ((ArmmsIngestEvent *) event)->employee_ref = g_string_chunk_insert (texts, armms_id_format (&event->employee_id, text));
    }
  item->slot = armms_stream_slot_of (armms_id_is_nil (&item->employee_id) ? &event->device_id : &item->employee_id, ARMMS_DERIVE_SLOTS);
  item->quarantined = armms_directory_judge_time (directory, event->ts, item->received_at);
  item->local_day = armms_directory_local_day (directory, event->ts);
  return !armms_id_is_nil (&item->employee_id) && device != NULL;
}

static gboolean
look_up_request (Flush *flush, Waiting *waiting, GError **error)
{
  const ArmmsActor *actor = armms_request_get_actor (waiting->request);
  g_autoptr(ArmmsDirectory) directory = armms_directory_get (flush->ingest->db, &actor->tenant_id, error);
  gint64 offset = offset_of (waiting);
  gboolean renewed = FALSE;

  if (directory == NULL)
    return FALSE;
  for (guint i = 0; i < waiting->n; i++)
    {
      ArmmsIngestItem item = { .event = &g_array_index (flush->events, ArmmsIngestEvent, waiting->first + i),
                               .tenant_id = actor->tenant_id, .sender_id = actor->user_id, .received_at = waiting->received_at,
                               .clock_offset_seconds = offset };

      if (item.event->bad_field != NULL)
        item.outcome = ARMMS_INGEST_REJECTED;
      else
        {
          item.clock_event_id = armms_id_new ();
          if (!look_up (directory, flush->texts, &item) && !renewed)
            {
              ArmmsDirectory *newer = armms_directory_renew (flush->ingest->db, &actor->tenant_id, directory, error);

              if (newer == NULL)
                return FALSE;
              armms_directory_unref (directory);
              directory = newer;
              renewed = TRUE;
              look_up (directory, flush->texts, &item);
            }
        }
      g_array_append_val (flush->items, item);
    }
  return TRUE;
}

static gboolean
store_flush (Flush *flush, GError **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_sized_new (flush->items->len);

  for (guint i = 0; i < flush->items->len; i++)
    {
      ArmmsIngestItem *item = &g_array_index (flush->items, ArmmsIngestItem, i);

      if (item->outcome == ARMMS_INGEST_PENDING)
        g_ptr_array_add (items, item);
    }
  g_ptr_array_sort (items, armms_ingest_item_compare);
  return armms_ingest_store (flush->ingest->db, items, error);
}

/* ---- answers ---------------------------------------------------------------------------------------------------- */

static const char *const verdicts[] = { "pending", "accepted", "duplicate", "rejected" };

static const char *
code_of (const ArmmsIngestItem *item)
{
  return item->event->bad_field != NULL ? "event.invalid" : item->code;
}

static char *
message_of (const ArmmsIngestItem *item)
{
  const char *code = code_of (item);

  if (code == NULL)
    return NULL;
  if (item->event->bad_field != NULL)
    return g_strdup_printf ("%s: %s", item->event->bad_field, item->event->bad_code);
  if (g_str_equal (code, "event.key_reused"))
    return g_strdup ("the same device sent another event under this event_id");
  if (g_str_equal (code, "event.refused"))
    return g_strdup ("the event could not be stored");
  return g_strdup_printf ("the time is %s: kept apart, a person has to look", g_str_equal (code, "event.too_old") ? "too long ago" : "in the future");
}

static void
append_verdict (GString *out, const ArmmsIngestItem *item)
{
  char text[ARMMS_ID_TEXT_SIZE];
  g_autofree char *message = message_of (item);

  g_string_append_c (out, '{');
  if (!armms_id_is_nil (&item->event->event_id))
    g_string_append_printf (out, "\"event_id\":\"%s\",", armms_id_format (&item->event->event_id, text));
  g_string_append_printf (out, "\"verdict\":\"%s\"", verdicts[item->outcome]);
  if (item->outcome != ARMMS_INGEST_REJECTED)
    g_string_append_printf (out, ",\"clock_event_id\":\"%s\"", armms_id_format (&item->clock_event_id, text));
  if (message != NULL)
    g_string_append_printf (out, ",\"code\":\"%s\",\"message\":\"%s\"", code_of (item), message);
  g_string_append_c (out, '}');
}

static ArmmsReply *
reply_new_text (guint status, GString *text)
{
  g_autoptr(GBytes) bytes = g_string_free_to_bytes (text);

  return armms_reply_new_bytes (status, "application/json", bytes, /* file_name= */ NULL);
}

static ArmmsReply *
answer_array (const ArmmsIngestItem *items, guint n)
{
  GString *out = g_string_sized_new (64 + n * 128);
  guint counts[G_N_ELEMENTS (verdicts)] = { 0 };

  for (guint i = 0; i < n; i++)
    counts[items[i].outcome]++;
  g_string_append_printf (out, "{\"accepted\":%u,\"duplicate\":%u,\"rejected\":%u,\"verdicts\":[", counts[ARMMS_INGEST_ACCEPTED],
                          counts[ARMMS_INGEST_DUPLICATE], counts[ARMMS_INGEST_REJECTED]);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_verdict (out, &items[i]);
    }
  g_string_append (out, "]}");
  return reply_new_text (counts[ARMMS_INGEST_REJECTED] > 0 ? SOUP_STATUS_MULTI_STATUS
                         : counts[ARMMS_INGEST_ACCEPTED] == 0 && n > 0 ? SOUP_STATUS_OK : SOUP_STATUS_ACCEPTED, out);
}

static ArmmsReply *
answer_single (const ArmmsIngestItem *item, GError **error)
{
  GString *out;

  if (item->outcome == ARMMS_INGEST_REJECTED)
    {
      g_autofree char *message = message_of (item);

      if (item->event->bad_field != NULL)
        armms_error_add_field (error, item->event->bad_field, item->event->bad_code, "%s", message);
      else
        armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, code_of (item), "%s", message);
      return NULL;
    }
  out = g_string_sized_new (192);
  append_verdict (out, item);
  return reply_new_text (item->outcome == ARMMS_INGEST_DUPLICATE ? SOUP_STATUS_OK : SOUP_STATUS_ACCEPTED, out);
}

static void
answer (Flush *flush, Waiting *waiting, const GError *failure)
{
  const ArmmsIngestItem *items = &g_array_index (flush->items, ArmmsIngestItem, waiting->first);
  g_autoptr(GError) error = NULL;
  ArmmsReply *reply = NULL;

  if (waiting->error != NULL)
    error = g_steal_pointer (&waiting->error);
  else if (failure != NULL)
    /* Nothing of it is known to be on disk: the device sends it again, under the same keys. */
    error = armms_error_new (ARMMS_ERROR_UNAVAILABLE, "ingest.unavailable", "the events could not be stored now; send them again");
  else if (waiting->is_array)
    reply = answer_array (items, waiting->n);
  else
    reply = answer_single (items, &error);
  armms_request_complete (waiting->request, reply, reply == NULL ? g_steal_pointer (&error) : NULL);
}

/* ---- flushers --------------------------------------------------------------------------------------------------- */

/* A request whose body cannot be read has no items; what follows keeps its places. */
static gboolean
look_up_all (Flush *flush, GError **error)
{
  for (guint i = 0; i < flush->requests->len; i++)
    if (!look_up_request (flush, g_ptr_array_index (flush->requests, i), error))
      return FALSE;
  return TRUE;
}

static void
run_flush (ArmmsIngest *ingest, GPtrArray *requests)
{
  g_auto(Flush) flush = {
    .ingest = ingest,
    .requests = requests,
    .texts = g_string_chunk_new (16 * 1024),
    .events = g_array_new (FALSE, FALSE, sizeof (ArmmsIngestEvent)),
    .items = g_array_new (FALSE, FALSE, sizeof (ArmmsIngestItem)),
  };
  g_autoptr(GError) failure = NULL;

  decode_requests (&flush);
  if (!look_up_all (&flush, &failure) || !store_flush (&flush, &failure))
    g_warning ("%u requests with %u events could not be stored: %s", requests->len, flush.events->len, failure->message);
  for (guint i = 0; i < requests->len; i++)
    answer (&flush, g_ptr_array_index (requests, i), failure);
  g_mutex_lock (&ingest->lock);
  ingest->figures.flushes++;
  ingest->figures.events += flush.events->len;
  g_mutex_unlock (&ingest->lock);
}

/* With the lock held: is there enough to go, or has the first waited long enough? */
static gboolean
is_ripe (ArmmsIngest *ingest, gint64 *ret_until)
{
  const Waiting *first = g_queue_peek_head (&ingest->waiting);

  if (first == NULL)
    return FALSE;
  *ret_until = first->came_at + ingest->linger_us;
  return ingest->flushing == 0 || ingest->stopping || ingest->waiting.length >= MOST_REQUESTS / 4
         || ingest->waiting_bytes >= MOST_BYTES / 4 || g_get_monotonic_time () >= *ret_until;
}

/* With the lock held. NULL: the end. */
static GPtrArray *
take_portion (ArmmsIngest *ingest)
{
  GPtrArray *requests;
  gsize bytes = 0;

  for (;;)
    {
      gint64 until = 0;

      if (is_ripe (ingest, &until))
        break;
      if (until != 0)
        g_cond_wait_until (&ingest->changed, &ingest->lock, until);
      else if (ingest->stopping)
        return NULL;
      else
        g_cond_wait (&ingest->changed, &ingest->lock);
    }
  requests = g_ptr_array_new_with_free_func (waiting_free);
  while (ingest->waiting.length > 0 && requests->len < MOST_REQUESTS && bytes < MOST_BYTES)
    {
      Waiting *waiting = g_queue_pop_head (&ingest->waiting);

      bytes += g_bytes_get_size (armms_request_get_bytes (waiting->request));
      g_ptr_array_add (requests, waiting);
    }
  ingest->waiting_bytes -= bytes;
  return requests;
}

static gpointer
flusher (gpointer data)
{
  ArmmsIngest *ingest = data;
  GPtrArray *requests;

  g_mutex_lock (&ingest->lock);
  while ((requests = take_portion (ingest)) != NULL)
    {
      ingest->flushing++;
      g_mutex_unlock (&ingest->lock);
      run_flush (ingest, requests);
      g_mutex_lock (&ingest->lock);
      ingest->flushing--;
      g_cond_signal (&ingest->changed);
    }
  g_mutex_unlock (&ingest->lock);
  return NULL;
}

/* ---- the door --------------------------------------------------------------------------------------------------- */

ArmmsIngest *
armms_ingest_new (ArmmsConfig *config, ArmmsDb *db)
{
  ArmmsIngest *ingest = g_new0 (ArmmsIngest, 1);
  guint flushers = (guint) armms_config_integer (config, "ingest", "flushers", 1, 16, 3);

  ingest->db = db;
  ingest->most_waiting = (guint) armms_config_integer (config, "ingest", "queue", 1, 1000000, 4096);
  ingest->linger_us = armms_config_integer (config, "ingest", "linger-ms", 0, 1000, 2) * 1000;
  g_mutex_init (&ingest->lock);
  g_cond_init (&ingest->changed);
  g_queue_init (&ingest->waiting);
  ingest->threads = g_ptr_array_new ();
  for (guint i = 0; i < flushers; i++)
    g_ptr_array_add (ingest->threads, g_thread_new ("ingest", flusher, ingest));
  return ingest;
}

void
armms_ingest_free (ArmmsIngest *ingest)
{
  if (ingest == NULL)
    return;
  g_mutex_lock (&ingest->lock);
  ingest->stopping = TRUE;
  g_cond_broadcast (&ingest->changed);
  g_mutex_unlock (&ingest->lock);
  for (guint i = 0; i < ingest->threads->len; i++)
    g_thread_join (g_ptr_array_index (ingest->threads, i));
  g_ptr_array_unref (ingest->threads);
  g_mutex_clear (&ingest->lock);
  g_cond_clear (&ingest->changed);
  g_free (ingest);
  armms_directory_forget_all ();
}

void
armms_ingest_serve (ArmmsIngest *ingest, ArmmsServer *server)
{
  armms_server_add_service (server, "ingest", ingest, (GDestroyNotify) armms_ingest_free);
}

void
armms_ingest_get_figures (ArmmsIngest *ingest, ArmmsIngestFigures *ret_figures)
{
  g_mutex_lock (&ingest->lock);
  *ret_figures = ingest->figures;
  ret_figures->waiting = ingest->waiting.length;
  g_mutex_unlock (&ingest->lock);
}

static gboolean
enqueue (ArmmsIngest *ingest, ArmmsRequest *request)
{
  gsize size = g_bytes_get_size (armms_request_get_bytes (request));
  Waiting *waiting;
  gboolean taken;

  g_mutex_lock (&ingest->lock);
  ingest->figures.requests++;
  taken = !ingest->stopping && ingest->waiting.length < ingest->most_waiting && ingest->waiting_bytes + size <= MOST_WAITING_BYTES;
  if (taken)
    {
      waiting = g_new0 (Waiting, 1);
      waiting->request = request;
      waiting->came_at = g_get_monotonic_time ();
      waiting->received_at = armms_instant_now ();
      g_queue_push_tail (&ingest->waiting, waiting);
      ingest->waiting_bytes += size;
      g_cond_signal (&ingest->changed);
    }
  else
    ingest->figures.refused++;
  g_mutex_unlock (&ingest->lock);
  return taken;
}

void
armms_ingest_handle (ArmmsRequest *request)
{
  ArmmsIngest *ingest = armms_request_get_service (request, "ingest");

  if (ingest == NULL || !enqueue (ingest, request))
    armms_request_complete (request, /* reply= */ NULL,
                            armms_error_new (ARMMS_ERROR_UNAVAILABLE, "ingest.full", "too many events wait; send them again in a moment"));
}
