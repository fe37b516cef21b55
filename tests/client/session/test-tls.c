/* A server with a certificate of its own: refused without its file, trusted with it. */
#include "client/session/transport.h"

#include "tests/client/fake-server.h"

#include <glib/gstdio.h>

typedef struct {
  SoupServer *soup;
  char *folder, *certificate, *key, *uri;
  GSocket *socket; /* owned, nullable: the server's end of the connection */
} Fixture;

static void
on_request_started_cb (SoupServer *soup, SoupServerMessage *message, Fixture *f)
{
  g_set_object (&f->socket, soup_server_message_get_socket (message));
}

static void
on_request_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GTlsCertificate) certificate = NULL;
  g_autofree char *command = NULL;
  GError *error = NULL;
  GSList *uris;
  int status = 0;

  f->folder = g_dir_make_tmp ("armms-tls-XXXXXX", NULL);
  f->certificate = g_build_filename (f->folder, "server.pem", NULL);
  f->key = g_build_filename (f->folder, "server.key", NULL);
  command = g_strdup_printf ("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=%s -keyout %s -out %s",
                             (const char *) data, f->key, f->certificate);
  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  certificate = g_tls_certificate_new_from_files (f->certificate, f->key, &error);
  g_assert_no_error (error);
  f->soup = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (f->soup, NULL, on_request_cb, NULL, NULL);
  g_signal_connect (f->soup, "request-started", G_CALLBACK (on_request_started_cb), f);
  soup_server_listen_local (f->soup, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (f->soup);
  f->uri = g_strdup_printf ("https://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  soup_server_disconnect (f->soup);
  g_object_unref (f->soup);
  g_clear_object (&f->socket);
  g_unlink (f->certificate);
  g_unlink (f->key);
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->certificate);
  g_free (f->key);
  g_free (f->uri);
}

static ArmmsAnswer *
ask (Fixture *f, const char *ca_file, GError **error)
{
  g_autoptr(ArmmsTransport) transport = armms_transport_new ();
  g_autoptr(GAsyncResult) result = NULL;
  ArmmsExchange exchange = { .method = "GET", .path = "/health" };

  g_assert_true (armms_transport_set_server (transport, f->uri, NULL));
  g_assert_true (armms_transport_set_ca_file (transport, ca_file, NULL));
  armms_transport_send_async (transport, &exchange, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  return armms_transport_send_finish (transport, result, error);
}

static void
an_unknown_certificate_is_refused (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (ask (f, NULL, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "client.certificate");
  /* libsoup 3.6 holds no reference over a handshake: a server that goes before its end of it is over falls. */
  armms_wait_until (f->socket != NULL && g_socket_is_closed (f->socket));
}

static void
its_file_makes_it_trusted (Fixture *f, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr(ArmmsAnswer) answer = ask (f, f->certificate, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/client/tls/an_unknown_certificate_is_refused", Fixture, "IP:127.0.0.1", set_up, an_unknown_certificate_is_refused, tear_down);
  g_test_add ("/client/tls/its_file_makes_it_trusted", Fixture, "IP:127.0.0.1", set_up, its_file_makes_it_trusted, tear_down);
  /* Pinned: the very certificate of the file is trusted under another name too. */
  g_test_add ("/client/tls/a_pinned_certificate_needs_no_name", Fixture, "DNS:elsewhere.example", set_up, its_file_makes_it_trusted, tear_down);
  return g_test_run ();
}
