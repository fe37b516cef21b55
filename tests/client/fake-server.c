#include "tests/client/fake-server.h"

#include <string.h>

typedef struct {
  char *method;
  char *path;
  guint status;
  char *headers;
  char *body;
} Answer;

struct _ArmmsFakeServer
{
  SoupServer *soup;
  char *uri;
  GPtrArray *answers;  /* owned Answer */
  GPtrArray *requests; /* owned ArmmsFakeRequest */
  guint delay_ms;
};

static void
answer_free (Answer *answer)
{
  g_free (answer->method);
  g_free (answer->path);
  g_free (answer->headers);
  g_free (answer->body);
  g_free (answer);
}

static void
request_free (ArmmsFakeRequest *request)
{
  g_free (request->method);
  g_free (request->path);
  g_free (request->query);
  g_free (request->body);
  g_free (request->authorization);
  g_free (request->idempotency_key);
  g_free (request->if_match);
  g_free (request);
}

/* The next answer for the request; all but the last are used up. */
static Answer *
next_answer (ArmmsFakeServer *server, const char *method, const char *path, gboolean *ret_last)
{
  Answer *found = NULL;
  guint at = 0;

  *ret_last = TRUE;
  for (guint i = 0; i < server->answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (server->answers, i);

      if (!g_str_equal (answer->method, method) || !g_str_equal (answer->path, path))
        continue;
      if (found != NULL)
        {
          *ret_last = FALSE;
          break;
        }
      found = answer;
      at = i;
    }
  if (found != NULL && !*ret_last)
    g_ptr_array_steal_index (server->answers, at);
  return found;
}

static gboolean
on_delay_over_cb (gpointer message)
{
  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

static void
remember (ArmmsFakeServer *server, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  ArmmsFakeRequest *request = g_new0 (ArmmsFakeRequest, 1);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (path);
  request->query = g_strdup (query != NULL ? query : "");
  request->body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  request->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  request->idempotency_key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  request->if_match = g_strdup (soup_message_headers_get_one (headers, "If-Match"));
  g_ptr_array_add (server->requests, request);
}

static void
on_request_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  ArmmsFakeServer *server = user_data;
  gboolean last;
  Answer *answer;

  remember (server, message, path);
  answer = next_answer (server, soup_server_message_get_method (message), path, &last);
  if (answer == NULL)
    {
      const char *body = "{\"title\":\"unknown\",\"code\":\"route.unknown\",\"detail\":\"nothing was laid down for this\"}";
      soup_server_message_set_status (message, 404, NULL);
      soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_COPY, body, strlen (body));
      return;
    }
  if (answer->status == 0)
    {
      GIOStream *stream = soup_server_message_steal_connection (message);
      g_io_stream_close (stream, NULL, NULL);
      g_object_unref (stream);
    }
  else
    {
      g_auto(GStrv) headers = g_strsplit (answer->headers != NULL ? answer->headers : "", "\n", -1);

      soup_server_message_set_status (message, answer->status, NULL);
      soup_server_message_set_response (message, answer->status >= 400 ? "application/problem+json" : "application/json",
                                        SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
      for (guint i = 0; headers[i] != NULL; i++)
        {
          g_auto(GStrv) pair = g_strsplit (headers[i], ": ", 2);
          if (pair[0] != NULL && pair[1] != NULL)
            soup_message_headers_replace (soup_server_message_get_response_headers (message), pair[0], pair[1]);
        }
      if (server->delay_ms > 0)
        {
          soup_server_message_pause (message);
          g_timeout_add_full (G_PRIORITY_DEFAULT, server->delay_ms, on_delay_over_cb, g_object_ref (message), g_object_unref);
        }
    }
  if (!last)
    answer_free (answer);
}

ArmmsFakeServer *
armms_fake_server_new (void)
{
  ArmmsFakeServer *server = g_new0 (ArmmsFakeServer, 1);
  GError *error = NULL;
  GSList *uris;

  server->soup = soup_server_new (NULL, NULL);
  server->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  server->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  soup_server_add_handler (server->soup, NULL, on_request_cb, server, NULL);
  soup_server_listen_local (server->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server->soup);
  server->uri = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return server;
}

void
armms_fake_server_free (ArmmsFakeServer *server)
{
  if (server == NULL)
    return;
  soup_server_disconnect (server->soup);
  g_object_unref (server->soup);
  g_ptr_array_unref (server->answers);
  g_ptr_array_unref (server->requests);
  g_free (server->uri);
  g_free (server);
}

const char *
armms_fake_server_get_uri (ArmmsFakeServer *server)
{
  return server->uri;
}

void
armms_fake_server_on (ArmmsFakeServer *server, const char *method, const char *path, guint status, const char *headers, const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->method = g_strdup (method);
  answer->path = g_strdup (path);
  answer->status = status;
  answer->headers = g_strdup (headers);
  answer->body = g_strdup (body != NULL ? body : "");
  g_ptr_array_add (server->answers, answer);
}

void
armms_fake_server_set_delay (ArmmsFakeServer *server, guint milliseconds)
{
  server->delay_ms = milliseconds;
}

GPtrArray *
armms_fake_server_get_requests (ArmmsFakeServer *server)
{
  return server->requests;
}

GPtrArray *
armms_fake_server_requests_to (ArmmsFakeServer *server, const char *path)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < server->requests->len; i++)
    {
      ArmmsFakeRequest *request = g_ptr_array_index (server->requests, i);
      if (g_str_equal (request->path, path))
        g_ptr_array_add (found, request);
    }
  return found;
}

void
armms_fake_server_lay_sign_in (ArmmsFakeServer *server)
{
  armms_fake_server_on (server, "POST", "/v1/auth/login", 200, NULL, "{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\"}");
  armms_fake_server_on (server, "GET", "/v1/me", 200, NULL,
                        "{\"user_id\":\"01890000-0000-7000-8000-000000000001\",\"login\":\"ana\",\"name\":\"Ana Reyes\","
                        "\"tenant_id\":\"01890000-0000-7000-8000-0000000000aa\","
                        "\"scopes\":[\"timekeeping:read\",\"timekeeping:finalize\",\"timekeeping:resolve\",\"payroll:read\",\"payroll:calculate\",\"payroll:submit\"],"
                        "\"tenants\":[{\"tenant_id\":\"01890000-0000-7000-8000-0000000000aa\",\"code\":\"sample\",\"name\":\"Sample Agency\"}]}");
}

void
armms_keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

ArmmsSession *
armms_fake_server_sign_in (ArmmsFakeServer *server, ArmmsKeyring *keyring)
{
  g_autoptr(ArmmsTransport) transport = armms_transport_new ();
  ArmmsSession *session = armms_session_new (transport, keyring);
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  armms_fake_server_lay_sign_in (server);
  g_assert_true (armms_transport_set_server (transport, server->uri, &error));
  armms_session_sign_in_async (session, "ana", "secret", NULL, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  armms_session_sign_in_finish (session, result, &error);
  g_assert_no_error (error);
  return session;
}
