#include "client/session/transport.h"

#include "client/session/problem.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define TIME_LIMIT_SECONDS 30
#define LARGEST_ANSWER (64u * 1024 * 1024)

struct _ArmmsTransport
{
  GObject parent_instance;

  SoupSession *soup;  /* owned */
  char *server;       /* owned, without a closing slash; nullable */
  GList *pinned;      /* owned GTlsCertificate: those of the CA file */
};

G_DEFINE_FINAL_TYPE (ArmmsTransport, armms_transport, G_TYPE_OBJECT)

static gboolean
host_is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
on_certificate_refused_cb (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags flags, ArmmsTransport *self)
{
  for (GList *l = self->pinned; l != NULL; l = l->next)
    if (g_tls_certificate_is_same (certificate, l->data) && (flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_REVOKED)) == 0)
      return TRUE;
  return FALSE;
}

static guint
header_seconds (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64 seconds = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;

  return (guint) MIN (seconds, 3600);
}

static GError *
explain_failure (ArmmsTransport *self, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  if (cause->domain == G_TLS_ERROR)
    return armms_error_new (ARMMS_ERROR_UNAVAILABLE, "client.certificate",
                            /* Translators: an address, then what the TLS library says */
                            _("the certificate of %s is not trusted: %s"), self->server, cause->message);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return armms_error_new (ARMMS_ERROR_TIMED_OUT, "client.timeout", _("%s did not answer in time"), self->server);
  /* Translators: an address, then what the system says */
  return armms_error_new (ARMMS_ERROR_UNAVAILABLE, "client.unreachable", _("no connection to %s: %s"), self->server, cause->message);
}

static ArmmsAnswer *
answer_new (SoupMessage *message, GBytes *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  ArmmsAnswer *answer = g_new0 (ArmmsAnswer, 1);

  answer->status = soup_message_get_status (message);
  answer->body = g_bytes_ref (body);
  answer->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  answer->request_id = g_strdup (soup_message_headers_get_one (headers, "X-Request-Id"));
  answer->replayed = g_strcmp0 (soup_message_headers_get_one (headers, "Idempotency-Replayed"), "true") == 0;
  return answer;
}

void
armms_answer_free (ArmmsAnswer *answer)
{
  if (answer == NULL)
    return;
  g_bytes_unref (answer->body);
  g_free (answer->content_type);
  g_free (answer->etag);
  g_free (answer->location);
  g_free (answer->request_id);
  g_free (answer);
}

static void
on_body_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  ArmmsTransport *self = g_task_get_source_object (task);
  SoupMessage *message = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  SoupMessageHeaders *headers;

  if (body == NULL)
    {
      g_task_return_error (task, explain_failure (self, error));
      return;
    }

  headers = soup_message_get_response_headers (message);
  if (soup_message_get_status (message) >= 300)
    g_task_return_error (task, armms_problem_to_error (soup_message_get_status (message), body,
                                                       soup_message_headers_get_one (headers, "X-Request-Id"),
                                                       header_seconds (headers)));
  else if (g_bytes_get_size (body) > LARGEST_ANSWER)
    g_task_return_error (task, armms_error_new (ARMMS_ERROR_TOO_LARGE, "client.bad-answer", _("the answer is too large")));
  else
    g_task_return_pointer (task, answer_new (message, body), (GDestroyNotify) armms_answer_free);
}

static void
add_headers (SoupMessage *message, const ArmmsExchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Accept", exchange->accept != NULL ? exchange->accept : "application/json");
  if (exchange->bearer != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", exchange->bearer, NULL);
      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (exchange->idempotency_key != NULL)
    {
      soup_message_headers_replace (headers, "Idempotency-Key", exchange->idempotency_key);
      /* It may be sent again, so a connection that stands may carry it: libsoup opens a new one otherwise. */
      soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
    }
  if (exchange->if_match != NULL)
    soup_message_headers_replace (headers, "If-Match", exchange->if_match);
}

static void
armms_transport_dispose (GObject *object)
{
  ArmmsTransport *self = ARMMS_TRANSPORT (object);

  if (self->soup != NULL)
    soup_session_abort (self->soup);
  g_clear_object (&self->soup);
  g_clear_list (&self->pinned, g_object_unref);

  G_OBJECT_CLASS (armms_transport_parent_class)->dispose (object);
}

static void
armms_transport_finalize (GObject *object)
{
  ArmmsTransport *self = ARMMS_TRANSPORT (object);

  g_free (self->server);
  G_OBJECT_CLASS (armms_transport_parent_class)->finalize (object);
}

static void
armms_transport_class_init (ArmmsTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = armms_transport_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_transport_finalize;
}

static void
armms_transport_init (ArmmsTransport *self)
{
  self->soup = soup_session_new_with_options ("timeout", TIME_LIMIT_SECONDS,
                                              "idle-timeout", 60,
                                              "max-conns-per-host", 6,
                                              "user-agent", "armms-desktop",
                                              NULL);
}

ArmmsTransport *
armms_transport_new (void)
{
  return g_object_new (ARMMS_TYPE_TRANSPORT, NULL);
}

gboolean
armms_transport_set_server (ArmmsTransport *self, const char *uri, GError **error)
{
  g_autoptr(GUri) parsed = NULL;
  g_autofree char *text = g_strstrip (g_strdup (uri));
  g_autofree char *whole = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  const char *scheme;
  gsize length;

  parsed = g_uri_parse (whole, SOUP_HTTP_URI_FLAGS, /* error= */ NULL);
  scheme = parsed != NULL ? g_uri_get_scheme (parsed) : NULL;
  if (parsed == NULL || g_uri_get_host (parsed) == NULL || *g_uri_get_host (parsed) == '\0' || g_uri_get_userinfo (parsed) != NULL ||
      (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "client.bad-address",
                       _("“%s” is no server address; write it like https://armms.example.com"), uri);
      return FALSE;
    }
  if (g_strcmp0 (scheme, "http") == 0 && !host_is_loopback (g_uri_get_host (parsed)))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "client.bad-address",
                       _("“%s” is not encrypted; write https:// instead of http://"), uri);
      return FALSE;
    }

  g_free (self->server);
  self->server = g_uri_to_string_partial (parsed, G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
  for (length = strlen (self->server); length > 0 && self->server[length - 1] == '/'; length--)
    self->server[length - 1] = '\0';
  return TRUE;
}

const char *
armms_transport_get_server (ArmmsTransport *self)
{
  return self->server;
}

gboolean
armms_transport_set_ca_file (ArmmsTransport *self, const char *path, GError **error)
{
  g_autoptr(GTlsDatabase) database = NULL;
  g_autoptr(GError) cause = NULL;
  g_autofree char *absolute = NULL;
  GList *pinned;

  g_clear_list (&self->pinned, g_object_unref);
  if (path == NULL || *path == '\0')
    {
      database = g_tls_backend_get_default_database (g_tls_backend_get_default ());
      soup_session_set_tls_database (self->soup, database);
      return TRUE;
    }

  absolute = g_canonicalize_filename (path, /* relative_to= */ NULL);
  pinned = g_tls_certificate_list_new_from_file (absolute, &cause);
  if (pinned != NULL)
    database = g_tls_file_database_new (absolute, &cause);
  if (database == NULL)
    {
      g_list_free_full (pinned, g_object_unref);
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "client.certificate",
                       _("the certificate file %s cannot be used: %s"), path,
                       cause != NULL ? cause->message : _("there is no certificate in it"));
      return FALSE;
    }
  self->pinned = pinned;
  soup_session_set_tls_database (self->soup, G_TLS_DATABASE (database));
  return TRUE;
}

void
armms_transport_set_time_limit (ArmmsTransport *self, guint seconds)
{
  soup_session_set_timeout (self->soup, seconds);
}

void
armms_transport_send_async (ArmmsTransport *self, const ArmmsExchange *exchange, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *uri = g_strconcat (self->server != NULL ? self->server : "", exchange->path, NULL);
  SoupMessage *message;

  g_task_set_source_tag (task, armms_transport_send_async);
  message = self->server != NULL ? soup_message_new (exchange->method, uri) : NULL;
  if (message == NULL)
    {
      g_task_return_new_error (task, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT, "%s", _("no server address is set"));
      return;
    }

  g_task_set_task_data (task, message, g_object_unref);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (on_certificate_refused_cb), self, 0);
  add_headers (message, exchange);
  if (exchange->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", exchange->body);
  soup_session_send_and_read_async (self->soup, message, G_PRIORITY_DEFAULT, cancellable, on_body_read_cb, g_steal_pointer (&task));
}

ArmmsAnswer *
armms_transport_send_finish (ArmmsTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
