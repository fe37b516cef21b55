/* The calls of some rooms over real sockets: a server on a thread of its own, one caller who may do everything of his tenant. */
#pragma once

#include "server/platform/http/server.h"
#include "server/room.h"
#include "tests/support/test-database.h"

#include <libsoup/soup.h>

#include <string.h>

typedef struct {
  ArmmsConfig *config;
  ArmmsDb *db;
  const ArmmsRoom *const *rooms;
  ArmmsCaller *caller;
  ArmmsServer *server;
  GThread *thread;
  GMutex lock;
  GCond changed;
  gboolean started;
  guint port;
  SoupSession *session;
  guint keys;
} Api;

/* What came back. */
typedef struct {
  guint status;
  JsonNode *json; /* owned, nullable */
  char *etag;     /* owned, nullable */
} ApiAnswer;

static inline void
api_answer_clear (ApiAnswer *answer)
{
  g_clear_pointer (&answer->json, json_node_unref);
  g_clear_pointer (&answer->etag, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ApiAnswer, api_answer_clear)

static inline ArmmsCaller *
api_peek (gpointer data, const char *authorization)
{
  return g_strcmp0 (authorization, "Bearer test") == 0 ? armms_caller_ref (data) : NULL;
}

static inline ArmmsCaller *
api_authenticate (gpointer data, const char *authorization, GError **error)
{
  if (g_strcmp0 (authorization, "Bearer test") == 0)
    return armms_caller_ref (data);
  armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, "auth.unknown", "who are you");
  return NULL;
}

static inline gpointer
api_run (gpointer data)
{
  Api *api = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GError) error = NULL;
  ArmmsAuthenticator authenticator = { api_peek, api_authenticate, api->caller };

  g_main_context_push_thread_default (context);
  api->server = armms_server_new (api->config, api->db, &error);
  g_assert_no_error (error);
  armms_server_set_authenticator (api->server, &authenticator);
  for (guint i = 0; api->rooms[i] != NULL; i++)
    if (api->rooms[i]->routes != NULL)
      armms_server_add_routes (api->server, api->rooms[i]->name, api->rooms[i]->schema, api->rooms[i]->routes);
  if (!armms_server_start (api->server, &error))
    g_error ("%s", error->message);
  g_mutex_lock (&api->lock);
  api->port = armms_server_get_port (api->server);
  api->started = TRUE;
  g_cond_signal (&api->changed);
  g_mutex_unlock (&api->lock);
  armms_server_run (api->server, /* signals= */ FALSE);
  g_clear_pointer (&api->server, armms_server_free);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* @scopes: (transfer none) sorted, NULL at the end. @rooms: NULL at the end. */
static inline void
api_start (Api *api, ArmmsTestDatabase *database, ArmmsDb *db, const ArmmsRoom *const *rooms, const ArmmsId *tenant_id,
           const char *const *scopes)
{
  *api = (Api) { .db = db, .rooms = rooms };
  api->config = armms_test_database_config (database, "armms_server");
  armms_config_set (api->config, "server", "listen", "127.0.0.1");
  armms_config_set (api->config, "server", "port", "0");
  armms_config_set (api->config, "server", "threads", "2");
  armms_config_set (api->config, "server", "drain-seconds", "1");
  api->caller = armms_caller_new ();
  api->caller->tenant_id = *tenant_id;
  api->caller->user_id = api->caller->principal_id = api->caller->session_id = armms_id_new ();
  api->caller->scopes = g_strdupv ((GStrv) scopes);
  api->caller->name = g_strdup ("test");
  api->caller->expires_at_us = G_MAXINT64;
  g_mutex_init (&api->lock);
  g_cond_init (&api->changed);
  api->thread = g_thread_new ("server", api_run, api);
  g_mutex_lock (&api->lock);
  while (!api->started)
    g_cond_wait (&api->changed, &api->lock);
  g_mutex_unlock (&api->lock);
  api->session = soup_session_new ();
}

static inline void
api_stop (Api *api)
{
  soup_session_abort (api->session);
  g_clear_object (&api->session);
  armms_server_stop (api->server);
  g_thread_join (api->thread);
  armms_caller_unref (api->caller);
  armms_config_unref (api->config);
}

/* @body: JSON or NULL. @if_match: the ETag or NULL. Every write has a key of its own. */
static inline ApiAnswer
api_call (Api *api, const char *method, const char *path, const char *body, const char *if_match)
{
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u%s", api->port, path);
  g_autoptr(SoupMessage) message = soup_message_new (method, uri);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *key = g_strdup_printf ("key-%u", ++api->keys);
  g_autofree char *text = NULL;
  ApiAnswer answer = { 0 };

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", "Bearer test");
  if (strcmp (method, "GET") != 0)
    soup_message_headers_append (soup_message_get_request_headers (message), "Idempotency-Key", key);
  if (if_match != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "If-Match", if_match);
  if (body != NULL)
    {
      g_autoptr(GBytes) content = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, "application/json", content);
    }
  bytes = soup_session_send_and_read (api->session, message, NULL, &error);
  g_assert_no_error (error);
  answer.status = soup_message_get_status (message);
  answer.etag = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  answer.json = *text != '\0' ? json_from_string (text, NULL) : NULL;
  g_test_message ("%s %s -> %u %.300s", method, path, answer.status, text);
  return answer;
}

static inline JsonObject *
api_object (const ApiAnswer *answer)
{
  g_assert_nonnull (answer->json);
  return json_node_get_object (answer->json);
}

static inline const char *
api_text (const ApiAnswer *answer, const char *member)
{
  return json_object_get_string_member_with_default (api_object (answer), member, "");
}

static inline JsonArray *
api_items (const ApiAnswer *answer)
{
  return json_object_get_array_member (api_object (answer), "items");
}

/* "errors" of a problem as "field:code ...". (transfer full) */
static inline char *
api_problems (const ApiAnswer *answer)
{
  GString *out = g_string_new (NULL);
  JsonArray *errors = json_object_get_array_member (api_object (answer), "errors");

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonObject *one = json_array_get_object_element (errors, i);
      g_string_append_printf (out, "%s%s:%s", i > 0 ? " " : "", json_object_get_string_member (one, "field"), json_object_get_string_member (one, "code"));
    }
  return g_string_free (out, FALSE);
}
