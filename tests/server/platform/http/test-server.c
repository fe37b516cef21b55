/* The door over real sockets: what is refused, what is too slow, what is too large, and how it stops. */
#include "server/platform/http/server.h"

#include "framing-cases.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  ArmmsServer *server;
  GThread *thread;
  GMutex lock;
  GCond changed;
  gboolean started;
  guint port;
  char *config_path;
  GError *error;
  gboolean ended;
} Fixture;

typedef struct { char *word; gint64 number; } Echo;

static const ArmmsField echo_fields[] = {
  ARMMS_FIELD (Echo, word, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 10, .about = "A word"),
  ARMMS_FIELD (Echo, number, INTEGER, .min = 1, .max = 9, .about = "A number"),
  { NULL }
};
static const ArmmsRecordType echo_type = { "echo", sizeof (Echo), echo_fields };

static ArmmsReply *
echo (ArmmsRequest *request, GError **error)
{
  return armms_reply_new_record (200, &echo_type, armms_request_get_body (request));
}

static ArmmsReply *
slow (ArmmsRequest *request, GError **error)
{
  g_usleep (700000);
  return armms_reply_new_text (200, "application/json", g_strdup ("{}"), 2);
}

static ArmmsReply *
parameters (ArmmsRequest *request, GError **error)
{
  char *text = g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT "}", armms_request_get_integer (request, "n", 7));

  return armms_reply_new_text (200, "application/json", text, strlen (text));
}

static int fast_calls;

static gpointer
complete_later (gpointer data)
{
  g_usleep (20000);
  armms_request_complete (data, armms_reply_new_text (202, "application/json", g_strdup ("{\"later\":true}"), 14), NULL);
  return NULL;
}

static void
fast (ArmmsRequest *request)
{
  g_atomic_int_inc (&fast_calls);
  g_thread_unref (g_thread_new ("later", complete_later, request));
}

static ArmmsCaller *
authenticate_all (gpointer data, const char *authorization, GError **error)
{
  static const char *const scopes[] = { "hr:read", NULL };
  ArmmsCaller *caller = armms_caller_new ();

  caller->tenant_id = ARMMS_ID_NIL;
  caller->tenant_id.bytes[0] = 1;
  caller->principal_id.bytes[0] = (guint8) authorization[0];
  caller->scopes = g_strdupv ((char **) scopes);
  return caller;
}

static const ArmmsParameter some_parameters[] = { { "n", ARMMS_FIELD_INTEGER, NULL, FALSE, "a number" }, { 0 } };

static const ArmmsRoute routes[] = {
  { .method = "POST", .path = "/v1/echo", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN | ARMMS_ROUTE_NO_KEY,
    .request = &echo_type, .response = &echo_type, .handler = echo, .summary = "Echo", .max_body = 2000 },
  { .method = "GET", .path = "/v1/slow", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN, .handler = slow, .summary = "Slow" },
  { .method = "GET", .path = "/v1/parameters", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN, .handler = parameters,
    .parameters = some_parameters, .summary = "Parameters" },
  { .method = "POST", .path = "/v1/fast", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN | ARMMS_ROUTE_NO_KEY, .async_handler = fast, .summary = "Fast" },
  { .method = "GET", .path = "/v1/closed", .scope = "hr:read", .access = ARMMS_ACCESS_NONE, .handler = parameters, .summary = "Closed" },
  { 0 },
};

static gpointer
run (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(ArmmsConfig) config = NULL;

  g_main_context_push_thread_default (context);
  config = armms_config_load (fixture->config_path, &fixture->error);
  if (config != NULL)
    fixture->server = armms_server_new (config, /* db= */ NULL, &fixture->error);
  if (fixture->server != NULL)
    {
      ArmmsAuthenticator authenticator = { NULL, authenticate_all, NULL };

      armms_server_set_authenticator (fixture->server, &authenticator);
      armms_server_add_routes (fixture->server, "test", "test", routes);
      if (armms_server_start (fixture->server, &fixture->error))
        fixture->port = armms_server_get_port (fixture->server);
    }
  g_mutex_lock (&fixture->lock);
  fixture->started = TRUE;
  g_cond_signal (&fixture->changed);
  g_mutex_unlock (&fixture->lock);
  if (fixture->port != 0)
    armms_server_run (fixture->server, /* signals= */ FALSE);
  g_clear_pointer (&fixture->server, armms_server_free);
  g_main_context_pop_thread_default (context);
  g_atomic_int_set (&fixture->ended, TRUE);
  return NULL;
}

static void
start (Fixture *fixture, const char *more)
{
  g_autofree char *text = g_strdup_printf ("[server]\nlisten=127.0.0.1\nport=0\nthreads=2\n%s", more);
  int fd = g_file_open_tmp ("armms-http-XXXXXX.conf", &fixture->config_path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (fixture->config_path, text, -1, NULL));
  g_mutex_init (&fixture->lock);
  g_cond_init (&fixture->changed);
  fixture->thread = g_thread_new ("server", run, fixture);
  g_mutex_lock (&fixture->lock);
  while (!fixture->started)
    g_cond_wait (&fixture->changed, &fixture->lock);
  g_mutex_unlock (&fixture->lock);
}

static void
set_up (Fixture *fixture, gconstpointer more)
{
  start (fixture, more != NULL ? more : "");
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->port, >, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer more)
{
  if (!g_atomic_int_get (&fixture->ended) && fixture->port != 0)
    armms_server_stop (fixture->server);
  g_thread_join (fixture->thread);
  g_unlink (fixture->config_path);
  g_free (fixture->config_path);
  g_clear_error (&fixture->error);
}

static GSocketConnection *
dial (Fixture *fixture)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, 20);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) fixture->port, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
say (GSocketConnection *connection, const char *bytes, gssize size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, size < 0 ? strlen (bytes) : (gsize) size, NULL, NULL, NULL);
}

/* All that comes until the end, or until @enough answers have begun and the line is quiet. (transfer full) */
static char *
hear (GSocketConnection *connection, const char *until)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];

  for (;;)
    {
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL);

      if (n <= 0)
        break;
      g_string_append_len (text, buffer, n);
      if (until != NULL && strstr (text->str, until) != NULL)
        break;
    }
  return g_string_free (text, FALSE);
}

static guint
status_of (const char *answer)
{
  return g_str_has_prefix (answer, "HTTP/1.") && strlen (answer) > 12 ? (guint) atoi (answer + 9) : 0;
}

/* One call on a connection of its own. (transfer full) */
static char *
call (Fixture *fixture, const char *request)
{
  g_autoptr(GSocketConnection) connection = dial (fixture);

  say (connection, request, -1);
  return hear (connection, NULL);
}

static void
test_battery (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (framing_cases); i++)
    {
      const FramingCase *c = &framing_cases[i];
      g_autoptr(GSocketConnection) connection = dial (fixture);
      g_autofree char *answer = NULL;

      say (connection, c->bytes, c->size > 0 ? c->size : -1);
      if (c->status == 0 && strstr (c->bytes, "HTTP/1.0") == NULL)
        say (connection, "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", -1);
      answer = hear (connection, NULL);
      if (c->status == 0)
        {
          /* Good ones are read to their end, and the next one on the line is what it says it is. HTTP/1.0 closes. */
          guint status = status_of (answer);
          const char *second = strstr (answer + 1, "HTTP/1.1 ");

          if (status != 200 && status != 404)
            g_test_message ("%s: %s", c->name, answer);
          g_assert_true (status == 200 || status == 404);
          if (strstr (c->bytes, "HTTP/1.0") == NULL)
            {
              if (second == NULL)
                g_test_message ("%s: %s", c->name, answer);
              g_assert_nonnull (second);
              g_assert_cmpuint (status_of (second), ==, 200);
            }
        }
      else
        {
          if (status_of (answer) != c->status)
            g_test_message ("%s: %s", c->name, answer);
          g_assert_cmpuint (status_of (answer), ==, c->status);
          g_assert_nonnull (strstr (answer, "application/problem+json"));
          g_assert_nonnull (strstr (answer, "\"request_id\""));
          if (strstr (answer, "}HTTP/1.") != NULL)
            g_test_message ("%s: %s", c->name, answer);
          /* nothing of it was understood as a second message */
          g_assert_null (strstr (answer, "}HTTP/1."));
        }
    }
}

static void
test_smuggled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = call (fixture, "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n");

  g_assert_cmpuint (status_of (answer), ==, 400);
  g_assert_null (strstr (answer, "\"ok\""));
}

static void
test_pipelined (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = call (fixture, "GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/parameters?n=3 HTTP/1.1\r\nHost: a\r\n\r\nPOST /v1/fast HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  const char *first = strstr (answer, "{\"status\":\"ok\"}"), *second = strstr (answer, "{\"n\":3}"), *third = strstr (answer, "{\"later\":true}");

  g_assert_true (first != NULL && second != NULL && third != NULL && first < second && second < third);
}

/* Whoever goes away inside a message has not sent it. */
static void
test_half_a_body (Fixture *fixture, gconstpointer data)
{
  static const char *const halves[] = { "", "1", "1\r\n", "1\r\n{", "1\r\n{\r\n", "1\r\n{\r\n0", "1\r\n{\r\n0\r\n", "1\r\n{\r\nx" };

  g_atomic_int_set (&fast_calls, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autoptr(GSocketConnection) connection = dial (fixture);

      say (connection, "POST /v1/fast HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", -1);
      say (connection, halves[i], -1);
    }
  g_usleep (300000);
  g_assert_cmpint (g_atomic_int_get (&fast_calls), ==, 0);
}

static void
test_bodies (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *type; const char *body; guint status; const char *says; } cases[] = {
    { "application/json", "{\"word\":\"a\"}", 200, "{\"word\":\"a\"" },
    { "application/json; charset=utf-8", "{\"word\":\"a\",\"number\":9}", 200, "\"number\":9" },
    { "text/plain", "{\"word\":\"a\"}", 415, "request.content_type" },
    { "application/json", "{\"word\":\"a\"", 400, "json.unfinished" },
    { "application/json", "{\"word\":\"a\",\"word\":\"b\"}", 400, "json.duplicate" },
    { "application/json", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]", 413, "json.too_deep" },
    { "application/json", "{}", 422, "\"field\":\"word\"" },
    { "application/json", "{\"word\":\"a\",\"number\":10,\"other\":1}", 422, "\"field\":\"other\"" },
    { "application/json", "{\"word\":\"abcdefghijkl\",\"number\":10}", 422, "\"field\":\"number\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = g_strdup_printf ("POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
                                                  cases[i].type, strlen (cases[i].body), cases[i].body);
      g_autofree char *answer = call (fixture, request);

      g_assert_cmpuint (status_of (answer), ==, cases[i].status);
      g_assert_nonnull (strstr (answer, cases[i].says));
    }
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *request; guint status; const char *says; } cases[] = {
    { "GET /nothing", 404, "route.unknown" },
    { "DELETE /health", 405, "Allow: GET" },
    { "OPTIONS /health", 204, "Allow: GET" },
    { "HEAD /health", 200, "Content-Length: 15" },
    { "GET /v1/parameters?n=x", 400, "\"field\":\"n\"" },
    { "GET /v1/parameters?m=1", 400, "\"field\":\"m\"" },
    { "GET /v1/parameters?n=1&n=2", 400, "repeated" },
    { "GET /v1/closed", 401, "WWW-Authenticate: Bearer" },
    { "GET /openapi.json", 200, "\"openapi\" : \"3.1.0\"" },
    { "GET /metrics", 200, "armms_http_requests_total" },
    { "GET /ready", 200, "\"status\":\"ready\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = g_strdup_printf ("%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: my-id-%zu\r\n"
                                                  "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n", cases[i].request, i);
      g_autofree char *answer = call (fixture, request);
      g_autofree char *id = g_strdup_printf ("X-Request-Id: my-id-%zu\r\n", i);

      g_assert_cmpuint (status_of (answer), ==, cases[i].status);
      g_assert_nonnull (strstr (answer, cases[i].says));
      g_assert_nonnull (strstr (answer, id));
      g_assert_nonnull (strstr (answer, "traceparent: 00-0af7651916cd43dd8448eb211c80319c-"));
    }
}

static void
test_large_body (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = call (fixture, "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2001\r\n\r\n");
  g_autoptr(GSocketConnection) connection = dial (fixture);
  g_autofree char *chunk = g_strnfill (1000, ' ');
  g_autofree char *said = NULL;

  g_assert_cmpuint (status_of (answer), ==, 413);
  say (connection, "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", -1);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *part = g_strdup_printf ("3e8\r\n%s\r\n", chunk);

      say (connection, part, -1);
      g_usleep (20000);
    }
  said = hear (connection, NULL);
  g_assert_cmpuint (status_of (said), ==, 413);
}

static void
test_continue (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GSocketConnection) connection = dial (fixture);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  say (connection, "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 12\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n", -1);
  first = hear (connection, "\r\n\r\n");
  g_assert_cmpuint (status_of (first), ==, 100);
  say (connection, "{\"word\":\"a\"}", -1);
  second = hear (connection, NULL);
  g_assert_cmpuint (status_of (second), ==, 200);
}

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GSocketConnection) silent = dial (fixture);
  g_autoptr(GSocketConnection) head = dial (fixture);
  g_autoptr(GSocketConnection) body = dial (fixture);
  g_autoptr(GSocketConnection) idle = dial (fixture);
  gint64 start_us = g_get_monotonic_time ();
  g_autofree char *head_answer = NULL;
  g_autofree char *body_answer = NULL;
  g_autofree char *idle_answer = NULL;
  g_autofree char *silent_answer = NULL;

  say (head, "GET /health HTTP/1.1\r\nHo", -1);
  say (body, "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{", -1);
  say (idle, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  head_answer = hear (head, NULL);
  body_answer = hear (body, NULL);
  idle_answer = hear (idle, NULL);
  silent_answer = hear (silent, NULL);
  g_assert_cmpuint (status_of (head_answer), ==, 408);
  g_assert_cmpuint (status_of (body_answer), ==, 408);
  g_assert_cmpuint (status_of (idle_answer), ==, 200);
  g_assert_cmpstr (silent_answer, ==, "");
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 8 * G_USEC_PER_SEC);
}

static void
test_caps (Fixture *fixture, gconstpointer data)
{
  GSocketConnection *held[4];
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 4; i++)
    held[i] = dial (fixture);
  g_usleep (100000);
  answer = call (fixture, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
  g_assert_true (*answer == '\0' || status_of (answer) == 503);
  for (guint i = 0; i < 4; i++)
    g_object_unref (held[i]);
}

/* libsoup 3.2 forgets connections that end between messages: the door must not. */
static void
test_no_leak (Fixture *fixture, gconstpointer data)
{
  g_autofree char *figures = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr(GSocketConnection) connection = dial (fixture);
      g_autofree char *answer = NULL;

      if (i % 3 == 0)
        continue;
      say (connection, i % 3 == 1 ? "GET /health HTTP/1.1\r\nHost: a\r\n\r\n" : "GET /he", -1);
      if (i % 3 == 1)
        answer = hear (connection, "\"ok\"");
    }
  g_usleep (200000);
  figures = call (fixture, "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  g_assert_nonnull (strstr (figures, "\narmms_http_connections 1\n"));
}

/* By who calls, not by where from: a whole detachment shares one address. */
static void
test_rates (Fixture *fixture, gconstpointer data)
{
  static const char as_a[] = "GET /v1/closed HTTP/1.1\r\nHost: a\r\nAuthorization: a\r\nConnection: close\r\n\r\n";
  static const char as_b[] = "GET /v1/closed HTTP/1.1\r\nHost: a\r\nAuthorization: b\r\nConnection: close\r\n\r\n";
  g_autofree char *other = NULL;
  g_autofree char *later = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *answer = call (fixture, as_a);
      g_autofree char *left = g_strdup_printf ("RateLimit-Remaining: %u\r\n", i < 5 ? 4 - i : 0);

      g_assert_cmpuint (status_of (answer), ==, i < 5 ? 200 : 429);
      g_assert_nonnull (strstr (answer, "RateLimit-Limit: 5\r\n"));
      g_assert_nonnull (strstr (answer, left));
      if (i == 5)
        g_assert_true (strstr (answer, "Retry-After: ") != NULL && strstr (answer, "rate.limited") != NULL);
    }
  other = call (fixture, as_b);
  g_assert_cmpuint (status_of (other), ==, 200);
  g_usleep (1100000);
  later = call (fixture, as_a);
  g_assert_cmpuint (status_of (later), ==, 200);
}

static gboolean
accept_all (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags errors, gpointer data)
{
  return TRUE;
}

static void
test_tls (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) silent = dial (fixture);
  g_autoptr(GSocketConnection) plain = dial (fixture);
  g_autoptr(GIOStream) tls = NULL;
  g_autoptr(GSocketConnection) base = dial (fixture);
  g_autoptr(GError) error = NULL;
  g_autofree char *silent_answer = NULL;
  g_autofree char *plain_answer = NULL;
  GString *text = g_string_new (NULL);
  char buffer[1024];
  gssize n;

  tls = g_tls_client_connection_new (G_IO_STREAM (base), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_all), NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (tls), "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 52, NULL, NULL, &error);
  g_assert_no_error (error);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (tls), buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (text, buffer, n);
  g_assert_cmpuint (status_of (text->str), ==, 200);
  g_string_free (text, TRUE);
  /* who speaks plainly, or not at all, is let go */
  say (plain, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  plain_answer = hear (plain, NULL);
  g_assert_null (strstr (plain_answer, "HTTP/1.1 200"));
  silent_answer = hear (silent, NULL);
  g_assert_cmpstr (silent_answer, ==, "");
}

static gpointer
call_slow (gpointer data)
{
  return call (data, "GET /v1/slow HTTP/1.1\r\nHost: a\r\n\r\n");
}

static void
test_drain (Fixture *fixture, gconstpointer data)
{
  GThread *caller = g_thread_new ("caller", call_slow, fixture);
  g_autofree char *answer = NULL;

  g_usleep (200000);
  armms_server_stop (fixture->server);
  g_usleep (100000);
  {
    g_autoptr(GSocketClient) client = g_socket_client_new ();
    g_autoptr(GSocketConnection) late = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) fixture->port, NULL, NULL);

    g_assert_null (late);
  }
  answer = g_thread_join (caller);
  g_assert_cmpuint (status_of (answer), ==, 200);
  g_assert_nonnull (strstr (answer, "Connection: close"));
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  GThread *callers[8];
  guint good = 0, busy = 0;

  for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
    {
      callers[i] = g_thread_new ("caller", call_slow, fixture);
      g_usleep (10000);
    }
  /* what is busy with slow work still says that it lives */
  {
    g_autofree char *answer = call (fixture, "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    g_assert_cmpuint (status_of (answer), ==, 200);
  }
  armms_server_stop (fixture->server);
  for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
    {
      g_autofree char *answer = g_thread_join (callers[i]);

      good += status_of (answer) == 200;
      busy += status_of (answer) == 503 && strstr (answer, "Retry-After") != NULL;
    }
  g_assert_cmpuint (good, ==, 4);
  g_assert_cmpuint (busy, ==, 4);
}

static void
test_public (void)
{
  Fixture fixture = { 0 };

  start (&fixture, "listen=0.0.0.0\n");
  g_assert_nonnull (fixture.error);
  g_assert_cmpstr (armms_error_get_code (fixture.error), ==, "config.public");
  tear_down (&fixture, NULL);
}

/* [server] lines of a certificate made for the test. (transfer full) */
static char *
make_certificate (void)
{
  g_autofree char *folder = g_dir_make_tmp ("armms-tls-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost "
                                              "-keyout %s/key.pem -out %s/cert.pem", folder, folder);
  int status = 0;

  if (!g_spawn_command_line_sync (command, NULL, NULL, &status, NULL) || status != 0)
    return NULL;
  return g_strdup_printf ("header-seconds=2\ntls-certificate=%s/cert.pem\ntls-key=%s/key.pem\n", folder, folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *tls = NULL;

  g_test_init (&argc, &argv, NULL);
  /* refusals are logged; they are what is tested */
  g_log_set_writer_func (g_log_writer_default, NULL, NULL);
#define ADD(path, func, more) g_test_add ("/http/server/" path, Fixture, more, set_up, func, tear_down)
  ADD ("the framing battery", test_battery, NULL);
  ADD ("a smuggled request is not answered", test_smuggled, NULL);
  ADD ("pipelined requests are answered in order", test_pipelined, NULL);
  ADD ("half a body reaches no handler", test_half_a_body, NULL);
  ADD ("bodies", test_bodies, NULL);
  ADD ("refusals and ids", test_refusals, NULL);
  ADD ("a body over the cap", test_large_body, NULL);
  ADD ("100-continue", test_continue, NULL);
  ADD ("slow connections are ended", test_slow, "header-seconds=1\nbody-seconds=1\nidle-seconds=1\n");
  ADD ("connections over the cap are turned away", test_caps, "max-connections=4\n");
  ADD ("connections that end are let go", test_no_leak, NULL);
  ADD ("calls over the rate are told when to come again", test_rates, "[limits]\ndefault-per-second=1\n");
  tls = make_certificate ();
  if (tls != NULL)
    ADD ("TLS", test_tls, tls);
  ADD ("stopping finishes what runs", test_drain, NULL);
  ADD ("over the queue is 503", test_busy, "queue=2\n");
  g_test_add_func ("/http/server/no public address by accident", test_public);
  return g_test_run ();
}
