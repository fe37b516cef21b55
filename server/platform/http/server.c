#include "server/platform/http/http-private.h"

#include "server/platform/db/statement.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#define DEFAULT_BODY (256 * 1024)

extern const ArmmsStatement armms_http_statements[];

typedef struct {
  gpointer value;         /* first: armms_request_get_service() reads it */
  GDestroyNotify destroy;
} Service;

typedef struct {
  const char *name;
  ArmmsReadyCheck check;
  gpointer data;
} Check;

static void
free_entry (gpointer data)
{
  ArmmsRouteEntry *entry = data;

  g_strfreev (entry->parts);
  g_free (entry);
}

static void
free_service (gpointer data)
{
  Service *service = data;

  if (service->destroy != NULL)
    service->destroy (service->value);
  g_free (service);
}

/* Routes */

/* Does @path (still escaped) fit? Its holes go to @values, decoded. */
static gboolean
fits (const ArmmsRouteEntry *entry, const char *path, GPtrArray *values)
{
  const char *at = path;

  if (values != NULL)
    g_ptr_array_set_size (values, 0);
  for (gsize i = 0; entry->parts[i] != NULL; i++)
    {
      gsize size = strcspn (at, "/");
      gboolean last = entry->parts[i + 1] == NULL;

      if (*entry->parts[i] == '{')
        {
          char *value = size > 0 ? g_uri_unescape_segment (at, at + size, NULL) : NULL;

          if (value == NULL || !g_utf8_validate (value, -1, NULL))
            {
              g_free (value);
              return FALSE;
            }
          if (values != NULL)
            g_ptr_array_add (values, value);
          else
            g_free (value);
        }
      else if (strlen (entry->parts[i]) != size || strncmp (entry->parts[i], at, size) != 0)
        return FALSE;
      at += size;
      if (last)
        return *at == '\0';
      if (*at != '/')
        return FALSE;
      at++;
    }
  return FALSE;
}

/* A path without holes is found at once; only the others are looked through. "/v1/timesheets/finalize" so comes before
 * "/v1/timesheets/{timesheet}". */
ArmmsRouteEntry *
armms_server_find_route (ArmmsServer *server, const char *method, const char *path, GPtrArray *values, GString *allowed)
{
  char key[256];
  ArmmsRouteEntry *found = NULL;

  if (g_snprintf (key, sizeof key, "%s %s", method, path) < (int) sizeof key)
    found = g_hash_table_lookup (server->literal, key);
  for (guint i = 0; found == NULL && i < server->entries->len; i++)
    {
      ArmmsRouteEntry *entry = server->entries->pdata[i];

      if (strcmp (entry->route->method, method) == 0 && fits (entry, path, NULL))
        found = entry;
    }
  if (found != NULL && values != NULL)
    fits (found, path, values);
  for (guint i = 0; found == NULL && allowed != NULL && i < server->entries->len; i++)
    {
      ArmmsRouteEntry *entry = server->entries->pdata[i];

      if (fits (entry, path, NULL))
        g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", entry->route->method);
    }
  return found;
}

void
armms_server_add_routes (ArmmsServer *server, const char *room, const char *schema, const ArmmsRoute *routes)
{
  for (const ArmmsRoute *route = routes; route != NULL && route->method != NULL; route++)
    {
      ArmmsRouteEntry *entry = g_new0 (ArmmsRouteEntry, 1);
      g_autofree char *labels = g_strdup_printf ("method=\"%s\",route=\"%s\"", route->method, route->path);
      ArmmsServerRoute public = { room, schema, route };

      g_assert ((route->handler != NULL) != (route->async_handler != NULL));
      g_assert (route->async_handler == NULL || route->access == ARMMS_ACCESS_NONE);
      entry->route = route;
      entry->room = room;
      entry->schema = schema;
      entry->parts = g_strsplit (route->path, "/", -1);
      entry->duration = armms_metrics_histogram ("armms_http_request_duration_seconds", labels, "Time from a whole request to its answer.");
      for (guint i = 1; i < G_N_ELEMENTS (entry->answers); i++)
        {
          g_autofree char *with_class = g_strdup_printf ("%s,class=\"%uxx\"", labels, i);

          entry->answers[i] = armms_metrics_counter ("armms_http_requests_total", with_class, "Answers by class of status.");
        }
      entry->answers[0] = entry->answers[5];
      g_ptr_array_add (server->entries, entry);
      if (strchr (route->path, '{') == NULL)
        g_hash_table_insert (server->literal, g_strdup_printf ("%s %s", route->method, route->path), entry);
      g_array_append_val (server->public_routes, public);
    }
}

const ArmmsServerRoute *
armms_server_get_routes (ArmmsServer *server, gsize *ret_n)
{
  *ret_n = server->public_routes->len;
  return (const ArmmsServerRoute *) (gpointer) server->public_routes->data;
}

/* What the server itself answers */

static void
health (ArmmsRequest *request)
{
  armms_request_complete (request, armms_reply_new_text (200, "application/json", g_strdup ("{\"status\":\"ok\"}"), 15), /* error= */ NULL);
}

static ArmmsReply *
ready (ArmmsRequest *request, GError **error)
{
  ArmmsServer *server = request->server;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  gboolean good = !server->stopping;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < server->checks->len; i++)
    {
      Check *check = server->checks->pdata[i];
      g_autoptr(GError) problem = NULL;
      g_autofree char *detail = NULL;
      gboolean ok = check->check (check->data, &detail, &problem);

      good = good && ok;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, check->name);
      json_builder_set_member_name (builder, "ok");
      json_builder_add_boolean_value (builder, ok);
      if (ok && detail != NULL)
        {
          json_builder_set_member_name (builder, "detail");
          json_builder_add_string_value (builder, detail);
        }
      if (!ok)
        {
          json_builder_set_member_name (builder, "problem");
          json_builder_add_string_value (builder, problem != NULL ? armms_error_get_code (problem) : "failed");
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "status");
  json_builder_add_string_value (builder, server->stopping ? "stopping" : good ? "ready" : "not ready");
  json_builder_end_object (builder);
  return armms_reply_new_json (good ? 200 : 503, json_builder_get_root (builder));
}

static ArmmsReply *
metrics (ArmmsRequest *request, GError **error)
{
  char *text;

  /* Figures tell much about a house: only to its own machine (and not through a proxy), a scraper stands beside it. */
  if (!g_str_has_prefix (request->peer, "127.") && strcmp (request->peer, "::1") != 0)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "route.unknown", "there is no such resource");
      return NULL;
    }
  text = armms_metrics_to_text ();
  return armms_reply_new_text (200, "text/plain; version=0.0.4", text, strlen (text));
}

static ArmmsReply *
openapi (ArmmsRequest *request, GError **error)
{
  char *text = armms_server_openapi (request->server);

  return armms_reply_new_text (200, "application/json", text, strlen (text));
}

const ArmmsRoute armms_server_routes[] = {
  { .method = "GET", .path = "/health", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN, .async_handler = health,
    .summary = "Is the process alive?" },
  { .method = "GET", .path = "/ready", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN, .handler = ready,
    .summary = "Can it serve: database, migrations, queues?" },
  { .method = "GET", .path = "/metrics", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN, .handler = metrics,
    .summary = "Figures for Prometheus, to the same machine only" },
  { .method = "GET", .path = "/openapi.json", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN, .handler = openapi,
    .summary = "This description" },
  { 0 },
};

/* Threads */

static void
on_work_cb (gpointer data, gpointer user_data)
{
  armms_dispatch_run (data);
}

static gboolean
on_completed_cb (gpointer user_data)
{
  ArmmsServer *server = user_data;
  GQueue batch = G_QUEUE_INIT;
  ArmmsRequest *request;

  g_mutex_lock (&server->lock);
  batch = server->completed;
  g_queue_init (&server->completed);
  server->completion_scheduled = FALSE;
  g_mutex_unlock (&server->lock);
  while ((request = g_queue_pop_head (&batch)) != NULL)
    armms_dispatch_resume (request);
  return G_SOURCE_REMOVE;
}

void
armms_server_completed (ArmmsServer *server, ArmmsRequest *request)
{
  gboolean wake;

  g_mutex_lock (&server->lock);
  g_queue_push_tail (&server->completed, request);
  wake = !server->completion_scheduled;
  server->completion_scheduled = TRUE;
  g_mutex_unlock (&server->lock);
  /* One wake-up for all that is completed until the server's thread looks. */
  if (wake)
    {
      GSource *source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_HIGH);
      g_source_set_callback (source, on_completed_cb, server, NULL);
      g_source_attach (source, server->context);
      g_source_unref (source);
    }
}

/* Connections */

static gsize
body_cap (const char *method, const char *target, gpointer data)
{
  ArmmsServer *server = data;
  g_autofree char *path = g_strndup (target, strcspn (target, "?"));
  ArmmsRouteEntry *entry = armms_server_find_route (server, method, path, /* values= */ NULL, /* allowed= */ NULL);

  if (entry == NULL)
    return DEFAULT_BODY;
  return entry->route->max_body > 0 ? entry->route->max_body : DEFAULT_BODY;
}

static void
on_stream_cb (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer data)
{
  ArmmsServer *server = data;
  g_autoptr(GError) error = NULL;

  if (!soup_server_accept_iostream (server->soup, stream, local, remote, &error))
    g_io_stream_close (stream, /* cancellable= */ NULL, /* error= */ NULL);
}

static void
on_message_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  armms_dispatch_message (user_data, message, path);
}

static void
collect (gpointer data)
{
  ArmmsServer *server = data;

  armms_metric_set (armms_metrics_gauge ("armms_http_waiting", NULL, "Requests that wait for a worker thread."),
                    g_thread_pool_unprocessed (server->pool));
  if (server->door != NULL)
    {
      ArmmsDoorFigures figures;

      armms_door_get_figures (server->door, &figures);
      armms_metric_set (armms_metrics_gauge ("armms_http_connections", NULL, "Open connections."), figures.connections);
      armms_metric_set (armms_metrics_gauge ("armms_http_connections_accepted", NULL, "Connections accepted since the start."), (gint64) figures.accepted);
      armms_metric_set (armms_metrics_gauge ("armms_http_refused_at_door", NULL, "Messages refused before they were read, since the start."), (gint64) figures.refused);
      armms_metric_set (armms_metrics_gauge ("armms_http_timed_out", NULL, "Connections that were too slow, since the start."), (gint64) figures.timed_out);
      armms_metric_set (armms_metrics_gauge ("armms_http_turned_away", NULL, "Connections over a cap, since the start."), (gint64) figures.turned_away);
    }
  for (const char *const *name = server->db != NULL ? armms_db_get_names (server->db) : NULL; name != NULL && *name != NULL; name++)
    {
      g_autofree char *labels = g_strdup_printf ("database=\"%s\"", *name);
      ArmmsPoolFigures pool;

      armms_db_get_figures (server->db, *name, /* read_pool= */ FALSE, &pool);
      armms_metric_set (armms_metrics_gauge ("armms_db_connections", labels, "Connections of the pool."), pool.size);
      armms_metric_set (armms_metrics_gauge ("armms_db_connections_in_use", labels, "Connections lent out."), pool.in_use);
      armms_metric_set (armms_metrics_gauge ("armms_db_waiting", labels, "Units that wait for a connection."), pool.waiting);
    }
}

/* Birth and death */

static gboolean
read_cursor_key (ArmmsServer *server, ArmmsConfig *config, GError **error)
{
  gsize size = 0;
  const guint8 *key = armms_config_secret (config, "cursor-key", 16, &size, /* error= */ NULL);

  /* Without one cursors live as long as this process: enough for one server, not for several behind a proxy. */
  if (key == NULL)
    randombytes_buf (server->cursor_key, sizeof server->cursor_key);
  else
    {
      g_autofree guint8 *short_key = g_malloc0 (crypto_generichash_KEYBYTES_MAX);

      crypto_generichash (short_key, crypto_generichash_KEYBYTES_MAX, key, size, NULL, 0);
      crypto_generichash (server->cursor_key, sizeof server->cursor_key, (const guint8 *) "cursor", 6, short_key, crypto_generichash_KEYBYTES_MAX);
      crypto_generichash (server->fingerprint_key, sizeof server->fingerprint_key, (const guint8 *) "fingerprint", 11, short_key, crypto_generichash_KEYBYTES_MAX);
    }
  return TRUE;
}

ArmmsServer *
armms_server_new (ArmmsConfig *config, ArmmsDb *db, GError **error)
{
  g_autoptr(ArmmsServer) server = NULL;

  if (sodium_init () < 0)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.init", "libsodium cannot be used here");
      return NULL;
    }
  server = g_new0 (ArmmsServer, 1);
  server->config = armms_config_ref (config);
  server->db = db;
  server->entries = g_ptr_array_new_with_free_func (free_entry);
  server->literal = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->public_routes = g_array_new (FALSE, TRUE, sizeof (ArmmsServerRoute));
  server->services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_service);
  server->checks = g_ptr_array_new_with_free_func (g_free);
  server->limits = armms_limits_new (config);
  g_mutex_init (&server->lock);
  g_queue_init (&server->completed);
  server->max_queue = (guint) armms_config_integer (config, "server", "queue", 1, 100000, 512);
  server->pool = g_thread_pool_new (on_work_cb, server, (int) armms_config_integer (config, "server", "threads", 1, 256, 8), /* exclusive= */ TRUE, error);
  if (server->pool == NULL || !read_cursor_key (server, config, error))
    return NULL;
  armms_server_add_routes (server, "platform", "platform", armms_server_routes);
  if (db != NULL)
    armms_db_add_statements (db, "http", "platform", armms_http_statements);
  armms_metrics_add_collector (collect, server);
  return g_steal_pointer (&server);
}

void
armms_server_free (ArmmsServer *server)
{
  ArmmsRequest *request;

  if (server == NULL)
    return;
  armms_metrics_remove_collector (server);
  if (server->pool != NULL)
    g_thread_pool_free (server->pool, /* immediate= */ FALSE, /* wait_= */ TRUE);
  while ((request = g_queue_pop_head (&server->completed)) != NULL)
    armms_request_free (request);
  if (server->soup != NULL)
    soup_server_disconnect (server->soup);
  g_clear_pointer (&server->door, armms_door_free);
  g_clear_object (&server->soup);
  if (server->silent_end > 0)
    close (server->silent_end);
  g_clear_pointer (&server->services, g_hash_table_unref);
  g_hash_table_unref (server->literal);
  g_ptr_array_unref (server->entries);
  g_array_unref (server->public_routes);
  g_ptr_array_unref (server->checks);
  armms_limits_free (server->limits);
  g_clear_pointer (&server->context, g_main_context_unref);
  sodium_memzero (server->cursor_key, sizeof server->cursor_key);
  g_mutex_clear (&server->lock);
  armms_config_unref (server->config);
  g_free (server);
}

void
armms_server_set_authenticator (ArmmsServer *server, const ArmmsAuthenticator *authenticator)
{
  server->authenticator = *authenticator;
}

void
armms_server_add_service (ArmmsServer *server, const char *name, gpointer service, GDestroyNotify destroy)
{
  Service *row = g_new (Service, 1);

  *row = (Service) { service, destroy };
  g_hash_table_replace (server->services, g_strdup (name), row);
}

void
armms_server_add_ready_check (ArmmsServer *server, const char *name, ArmmsReadyCheck check, gpointer data)
{
  Check *row = g_new (Check, 1);

  *row = (Check) { name, check, data };
  g_ptr_array_add (server->checks, row);
}

static gboolean
check_address (ArmmsServer *server, const char *listen, gboolean has_tls, GError **error)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (listen);

  if (address == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.invalid", "[server] listen: \"%s\" is no address", listen);
      return FALSE;
    }
  if (g_inet_address_get_is_loopback (address))
    return TRUE;
  if (!armms_config_boolean (server->config, "server", "public", FALSE))
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "config.public",
                       "refusing to listen on %s: put a proxy in front of a loopback address, or set [server] public=true", listen);
      return FALSE;
    }
  if (!has_tls)
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "config.public_plain", "refusing to listen on %s without a certificate", listen);
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_certificate (ArmmsServer *server, GTlsCertificate **ret_certificate, GError **error)
{
  const char *certificate = armms_config_text (server->config, "server", "tls-certificate", NULL);
  const char *key = armms_config_text (server->config, "server", "tls-key", NULL);

  if (certificate == NULL)
    return TRUE;
  *ret_certificate = key != NULL ? g_tls_certificate_new_from_files (certificate, key, error) : g_tls_certificate_new_from_file (certificate, error);
  if (*ret_certificate == NULL)
    g_prefix_error (error, "reading the certificate %s: ", certificate);
  return *ret_certificate != NULL;
}

/* libsoup keeps a connection alive only while it listens somewhere itself. It gets one end of a pair that never speaks:
 * nobody can reach it, all real connections come through the door. */
static gboolean
pretend_to_listen (ArmmsServer *server, GError **error)
{
  g_autoptr(GSocket) socket = NULL;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "server.sockets", "no more sockets: %s", g_strerror (errno));
      return FALSE;
    }
  server->silent_end = ends[1];
  socket = g_socket_new_from_fd (ends[0], error);
  return socket != NULL && soup_server_listen_socket (server->soup, socket, 0, error);
}

static guint
setting (ArmmsServer *server, const char *key, guint max, guint fallback)
{
  return (guint) armms_config_integer (server->config, "server", key, 1, max, fallback);
}

gboolean
armms_server_start (ArmmsServer *server, GError **error)
{
  const char *listen = armms_config_text (server->config, "server", "listen", "127.0.0.1");
  g_autoptr(GTlsCertificate) certificate = NULL;
  ArmmsDoorLimits limits;

  if (!load_certificate (server, &certificate, error) || !check_address (server, listen, certificate != NULL, error))
    return FALSE;
  limits = (ArmmsDoorLimits) {
    .max_connections = setting (server, "max-connections", 100000, 8192),
    .max_per_peer = setting (server, "max-connections-per-peer", 100000, 4096),
    .head_seconds = setting (server, "header-seconds", 3600, 5),
    .body_seconds = setting (server, "body-seconds", 3600, 15),
    .idle_seconds = setting (server, "idle-seconds", 3600, 30),
    .answer_seconds = setting (server, "answer-seconds", 3600, 120),
    .certificate = certificate,
  };
  server->context = g_main_context_ref_thread_default ();
  server->soup = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (server->soup, NULL, on_message_cb, server, NULL);
  if (!pretend_to_listen (server, error))
    return FALSE;
  server->door = armms_door_new (&limits, body_cap, on_stream_cb, server);
  return armms_door_listen (server->door, listen, (guint) armms_config_integer (server->config, "server", "port", 0, 65535, 8443), &server->port, error);
}

guint
armms_server_get_port (ArmmsServer *server)
{
  return server->port;
}

static gboolean
on_drain_cb (gpointer user_data)
{
  ArmmsServer *server = user_data;
  ArmmsDoorFigures figures;

  armms_door_get_figures (server->door, &figures);
  if ((server->in_flight > 0 || figures.connections > 0) && g_get_monotonic_time () < server->drain_until_us)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (server->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_stop_cb (gpointer user_data)
{
  ArmmsServer *server = user_data;
  g_autoptr(GSource) source = NULL;

  if (server->stopping)
    return G_SOURCE_REMOVE;
  server->stopping = TRUE;
  sd_notify (0, "STOPPING=1");
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "MESSAGE", "stopping: %d requests run on", server->in_flight);
  server->drain_until_us = g_get_monotonic_time () + (gint64) setting (server, "drain-seconds", 3600, 20) * G_USEC_PER_SEC;
  armms_door_close (server->door);
  source = g_timeout_source_new (20);
  g_source_set_callback (source, on_drain_cb, server, NULL);
  g_source_attach (source, server->context);
  return G_SOURCE_REMOVE;
}

void
armms_server_stop (ArmmsServer *server)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_callback (source, on_stop_cb, server, NULL);
  g_source_attach (source, server->context);
}

static gboolean
on_signal_cb (gpointer user_data)
{
  on_stop_cb (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_watchdog_cb (gpointer user_data)
{
  sd_notify (0, "WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

static GSource *
attach (ArmmsServer *server, GSource *source, GSourceFunc func)
{
  g_source_set_callback (source, func, server, NULL);
  g_source_attach (source, server->context);
  return source;
}

void
armms_server_run (ArmmsServer *server, gboolean signals)
{
  GSource *sources[3] = { NULL };
  guint64 watchdog_us = 0;

  if (signals)
    {
      sources[0] = attach (server, g_unix_signal_source_new (SIGTERM), on_signal_cb);
      sources[1] = attach (server, g_unix_signal_source_new (SIGINT), on_signal_cb);
    }
  if (sd_watchdog_enabled (0, &watchdog_us) > 0)
    sources[2] = attach (server, g_timeout_source_new ((guint) MAX (100, watchdog_us / 2000)), on_watchdog_cb);
  server->loop = g_main_loop_new (server->context, FALSE);
  sd_notifyf (0, "READY=1\nSTATUS=listening on port %u", server->port);
  g_main_loop_run (server->loop);
  g_clear_pointer (&server->loop, g_main_loop_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i] != NULL)
      {
        g_source_destroy (sources[i]);
        g_source_unref (sources[i]);
      }
}
