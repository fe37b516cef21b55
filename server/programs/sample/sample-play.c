/* The readers at the gates: each sends its batches in order, some of them at once. */
#define G_LOG_DOMAIN "armms-sample"

#include "server/programs/sample/sample.h"

#include <libsoup/soup.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONCURRENCY 8
#define GIVE_UP_SECONDS 60
#define FIRST_PAUSE_MS 100
#define MOST_PAUSE_MS 4000

typedef struct {
  const ArmmsSamplePlay *play;
  SoupSession *session;
  GMainLoop *loop;
  GHashTable *keys;         /* device id -> "Device <key>:<secret>" */
  GQueue waiting;           /* of Reader */
  guint running, total;
  ArmmsSamplePlayFigures figures;
  gint64 told_at;
  GError *error;            /* the first that cannot be mended */
} Player;

typedef struct {
  Player *player;
  char *name;
  char *authorization;      /* borrowed from the keys */
  GStrv batches;            /* owned: a line each */
  guint next;
  gint64 since;             /* monotonic: when this batch was sent first */
  guint tries;
} Reader;

static void send_next (Reader *reader);
static void start_readers (Player *player);

static void
reader_free (Reader *reader)
{
  g_free (reader->name);
  g_strfreev (reader->batches);
  g_free (reader);
}

static void
tell (Player *player, gboolean now)
{
  if (player->play->quiet || !isatty (STDERR_FILENO) || (!now && g_get_monotonic_time () - player->told_at < G_USEC_PER_SEC))
    return;
  player->told_at = g_get_monotonic_time ();
  g_printerr ("\r  %" G_GUINT64_FORMAT " events sent, %u of %u readers done   ", player->figures.sent,
              player->total - g_queue_get_length (&player->waiting) - player->running, player->total);
}

static void
finish_reader (Reader *reader, GError *error)
{
  Player *player = reader->player;

  if (error != NULL && player->error == NULL)
    player->error = error;
  else
    g_clear_error (&error);
  player->running--;
  reader_free (reader);
  tell (player, FALSE);
  start_readers (player);
}

static gboolean
on_pause_over_cb (gpointer user_data)
{
  send_next (user_data);
  return G_SOURCE_REMOVE;
}

/* Nobody knows whether a batch without an answer is stored; sent again, its events count once. */
static void
try_again (Reader *reader, guint wanted_ms, const char *why)
{
  Player *player = reader->player;
  const guint give_up = player->play->give_up_seconds > 0 ? player->play->give_up_seconds : GIVE_UP_SECONDS;
  guint pause = MIN (FIRST_PAUSE_MS << MIN (reader->tries, 8), MOST_PAUSE_MS);
  g_autoptr(GSource) source = NULL;

  player->figures.retries++;
  reader->tries++;
  if (g_get_monotonic_time () - reader->since > (gint64) give_up * G_USEC_PER_SEC)
    {
      finish_reader (reader, armms_error_new (ARMMS_ERROR_UNAVAILABLE, "sample.no_answer", "batch %u of %s was not taken in %u s: %s",
                                              reader->next + 1, reader->name, give_up, why));
      return;
    }
  pause = MAX (pause, wanted_ms);
  source = g_timeout_source_new (pause / 2 + (guint) g_random_int_range (0, (gint32) pause / 2 + 1));
  g_source_set_callback (source, on_pause_over_cb, reader, NULL);
  g_source_attach (source, g_main_context_get_thread_default ()); /* the loop is not the process's own */
}

static guint64
member (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name) ? (guint64) json_object_get_int_member (object, name) : 0;
}

static gboolean
count_verdicts (Player *player, GBytes *body)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *answer;

  if (!json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return FALSE;
  answer = json_node_get_object (json_parser_get_root (parser));
  player->figures.accepted += member (answer, "accepted");
  player->figures.duplicate += member (answer, "duplicate");
  player->figures.rejected += member (answer, "rejected");
  player->figures.sent += member (answer, "accepted") + member (answer, "duplicate") + member (answer, "rejected");
  return TRUE;
}

static void
on_batch_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reader *reader = user_data;
  Player *player = reader->player;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  const guint status = soup_message_get_status (message);
  const char *pause = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");

  player->figures.requests++;
  if (body == NULL)
    try_again (reader, 0, error->message);
  else if (status == 429 || status >= 500)
    try_again (reader, pause != NULL ? (guint) atoi (pause) * 1000 : 0, soup_message_get_reason_phrase (message));
  else if (status < 200 || status >= 300 || !count_verdicts (player, body))
    finish_reader (reader, armms_error_new (ARMMS_ERROR_INVALID_INPUT, "sample.refused", "batch %u of %s was answered %u: %.*s", reader->next + 1,
                                            reader->name, status, (int) MIN (g_bytes_get_size (body), 400), (const char *) g_bytes_get_data (body, NULL)));
  else
    {
      reader->next++;
      reader->tries = 0;
      tell (player, FALSE);
      send_next (reader);
    }
}

static void
send_next (Reader *reader)
{
  Player *player = reader->player;
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autofree char *url = NULL;
  const char *batch = reader->batches[reader->next];

  if (player->error != NULL || batch == NULL || *batch == '\0')
    {
      finish_reader (reader, NULL);
      return;
    }
  if (reader->tries == 0)
    reader->since = g_get_monotonic_time ();
  url = g_strconcat (player->play->url, "/v1/clock-events", NULL);
  message = soup_message_new ("POST", url);
  /* An event carries its own key: it may be sent again, so a connection that stands may carry it. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  body = g_bytes_new_static (batch, strlen (batch));
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", reader->authorization);
  soup_session_send_and_read_async (player->session, message, G_PRIORITY_DEFAULT, NULL, on_batch_answered_cb, reader);
}

static void
start_readers (Player *player)
{
  const guint most = player->play->concurrency > 0 ? player->play->concurrency : CONCURRENCY;

  while (player->running < most && player->error == NULL && !g_queue_is_empty (&player->waiting))
    {
      player->running++;
      send_next (g_queue_pop_head (&player->waiting));
    }
  if (player->running == 0)
    g_main_loop_quit (player->loop);
}

static gboolean
load_keys (Player *player, GError **error)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_file_get_contents (player->play->keys_path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (lines[i], ",", 3);

      if (g_strv_length (parts) == 3)
        g_hash_table_insert (player->keys, g_strdup (parts[0]), g_strdup_printf ("Device %s:%s", parts[1], parts[2]));
    }
  return TRUE;
}

static gboolean
load_readers (Player *player, GError **error)
{
  g_autofree char *path = g_build_filename (player->play->folder, "manifest.json", NULL);
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonArray *devices;

  if (!json_parser_load_from_file (parser, path, error))
    return FALSE;
  devices = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "devices");
  for (guint i = 0; i < json_array_get_length (devices); i++)
    {
      JsonObject *device = json_array_get_object_element (devices, i);
      g_autofree char *file = g_build_filename (player->play->folder, json_object_get_string_member (device, "file"), NULL);
      g_autofree char *text = NULL;
      char *authorization = g_hash_table_lookup (player->keys, json_object_get_string_member (device, "device_id"));
      Reader *reader;

      if (authorization == NULL)
        {
          armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "sample.no_key", "no key for %s: load the sample first",
                           json_object_get_string_member (device, "name"));
          return FALSE;
        }
      if (!g_file_get_contents (file, &text, NULL, error))
        return FALSE;
      reader = g_new0 (Reader, 1);
      reader->player = player;
      reader->name = g_strdup (json_object_get_string_member (device, "name"));
      reader->authorization = authorization;
      reader->batches = g_strsplit (text, "\n", -1);
      g_queue_push_tail (&player->waiting, reader);
    }
  player->total = g_queue_get_length (&player->waiting);
  return TRUE;
}

gboolean
armms_sample_play (const ArmmsSamplePlay *play, ArmmsSamplePlayFigures *ret_figures, GError **error)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(SoupSession) session = NULL;
  g_autoptr(GMainLoop) loop = NULL;
  Player player = { .play = play, .keys = keys };
  const guint most = play->concurrency > 0 ? play->concurrency : CONCURRENCY;
  gint64 began;
  Reader *reader;

  g_queue_init (&player.waiting);
  if (!load_keys (&player, error) || !load_readers (&player, error))
    {
      g_queue_clear_full (&player.waiting, (GDestroyNotify) reader_free);
      return FALSE;
    }
  g_main_context_push_thread_default (context);
  session = soup_session_new_with_options ("max-conns", (int) most, "max-conns-per-host", (int) most, "timeout", 30, "idle-timeout", 30, NULL);
  if (play->ca_path != NULL)
    {
      g_autoptr(GTlsDatabase) authorities = g_tls_file_database_new (play->ca_path, error);

      if (authorities == NULL)
        {
          g_main_context_pop_thread_default (context);
          g_queue_clear_full (&player.waiting, (GDestroyNotify) reader_free);
          return FALSE;
        }
      soup_session_set_tls_database (session, authorities);
    }
  player.session = session;
  player.loop = loop = g_main_loop_new (context, FALSE);
  began = g_get_monotonic_time ();
  start_readers (&player);
  if (player.running > 0)
    g_main_loop_run (loop);
  player.figures.seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  tell (&player, TRUE);
  if (!play->quiet && isatty (STDERR_FILENO))
    g_printerr ("\n");
  soup_session_abort (session);
  while ((reader = g_queue_pop_head (&player.waiting)) != NULL)
    reader_free (reader);
  g_main_context_pop_thread_default (context);
  *ret_figures = player.figures;
  if (player.error != NULL)
    {
      g_propagate_error (error, player.error);
      return FALSE;
    }
  return TRUE;
}
