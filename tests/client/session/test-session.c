#include "client/session/session.h"

#include "tests/client/fake-server.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A keyring of the test: keeps one token, or never answers. */
#define TEST_TYPE_KEYRING (test_keyring_get_type ())
G_DECLARE_FINAL_TYPE (TestKeyring, test_keyring, TEST, KEYRING, GObject)

struct _TestKeyring
{
  GObject parent_instance;
  char *token;
  gboolean broken;
};

static void
answer (TestKeyring *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data, gboolean lookup)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->broken)
    g_task_return_error (task, armms_error_new (ARMMS_ERROR_TIMED_OUT, "client.keyring", "the keyring did not answer"));
  else if (lookup)
    g_task_return_pointer (task, g_strdup (self->token), g_free);
  else
    g_task_return_boolean (task, TRUE);
}

static void
store_async (ArmmsKeyring *keyring, const char *server, const char *login, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TestKeyring *self = TEST_KEYRING (keyring);

  g_assert_cmpstr (login, ==, "ana");
  if (!self->broken)
    {
      g_free (self->token);
      self->token = g_strdup (token);
    }
  answer (self, cancellable, callback, user_data, FALSE);
}

static void
lookup_async (ArmmsKeyring *keyring, const char *server, const char *login, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  answer (TEST_KEYRING (keyring), cancellable, callback, user_data, TRUE);
}

static void
forget_async (ArmmsKeyring *keyring, const char *server, const char *login, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_clear_pointer (&TEST_KEYRING (keyring)->token, g_free);
  answer (TEST_KEYRING (keyring), cancellable, callback, user_data, FALSE);
}

static void
test_keyring_iface_init (ArmmsKeyringInterface *iface)
{
  iface->store_async = store_async;
  iface->lookup_async = lookup_async;
  iface->forget_async = forget_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestKeyring, test_keyring, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (ARMMS_TYPE_KEYRING, test_keyring_iface_init))

static void
test_keyring_finalize (GObject *object)
{
  g_free (TEST_KEYRING (object)->token);
  G_OBJECT_CLASS (test_keyring_parent_class)->finalize (object);
}

static void
test_keyring_class_init (TestKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_keyring_finalize;
}

static void
test_keyring_init (TestKeyring *self)
{
}

typedef struct {
  ArmmsFakeServer *server;
  ArmmsTransport *transport;
  TestKeyring *keyring;
  ArmmsSession *session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->server = armms_fake_server_new ();
  f->transport = armms_transport_new ();
  g_assert_true (armms_transport_set_server (f->transport, armms_fake_server_get_uri (f->server), NULL));
  f->keyring = g_object_new (TEST_TYPE_KEYRING, NULL);
  f->session = armms_session_new (f->transport, ARMMS_KEYRING (f->keyring));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->session);
  g_object_unref (f->keyring);
  g_object_unref (f->transport);
  armms_fake_server_free (f->server);
}

static gboolean
sign_in (Fixture *f, const char *tenant, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  armms_session_sign_in_async (f->session, "ana", "secret", tenant, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  return armms_session_sign_in_finish (f->session, result, error);
}

static void
a_password_opens_the_day (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) asked = NULL;
  GError *error = NULL;

  armms_fake_server_lay_sign_in (f->server);
  g_assert_true (sign_in (f, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (armms_session_is_signed_in (f->session));
  g_assert_cmpstr (armms_session_get_user_name (f->session), ==, "Ana Reyes");
  g_assert_cmpstr (armms_session_get_tenant_name (f->session), ==, "Sample Agency");
  g_assert_true (armms_session_has_scope (f->session, "payroll:read"));
  g_assert_false (armms_session_has_scope (f->session, "payroll:approve"));
  g_assert_cmpstr (f->keyring->token, ==, "refresh-1");
  asked = armms_fake_server_requests_to (f->server, "/v1/auth/login");
  g_assert_nonnull (strstr (((ArmmsFakeRequest *) asked->pdata[0])->body, "\"password\":\"secret\""));
}

static void
a_wrong_password_is_said (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  armms_fake_server_on (f->server, "POST", "/v1/auth/login", 401, NULL, "{\"code\":\"auth.refused\",\"detail\":\"login or password is wrong\"}");
  g_assert_false (sign_in (f, NULL, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_UNAUTHENTICATED);
  g_assert_nonnull (strstr (error->message, "login or password is wrong"));
  g_assert_false (armms_session_is_signed_in (f->session));
}

static void
another_tenant_is_chosen (Fixture *f, gconstpointer data)
{
#define ME(tenant) "{\"user_id\":\"01890000-0000-7000-8000-000000000001\",\"login\":\"ana\",\"tenant_id\":\"01890000-0000-7000-8000-0000000000" tenant "\"," \
                   "\"scopes\":[],\"tenants\":[{\"tenant_id\":\"01890000-0000-7000-8000-0000000000aa\",\"code\":\"one\",\"name\":\"One\"}," \
                   "{\"tenant_id\":\"01890000-0000-7000-8000-0000000000bb\",\"code\":\"two\",\"name\":\"Two\"}]}"
  g_autoptr(GPtrArray) asked = NULL;
  GError *error = NULL;

  armms_fake_server_on (f->server, "POST", "/v1/auth/login", 200, NULL, "{\"access_token\":\"a\",\"refresh_token\":\"r\"}");
  armms_fake_server_on (f->server, "POST", "/v1/auth/tenant", 200, NULL, "{\"access_token\":\"a2\",\"refresh_token\":\"r2\"}");
  armms_fake_server_on (f->server, "GET", "/v1/me", 200, NULL, ME ("aa"));
  armms_fake_server_on (f->server, "GET", "/v1/me", 200, NULL, ME ("bb"));
  g_assert_true (sign_in (f, "two", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (armms_session_get_tenant_name (f->session), ==, "Two");
  asked = armms_fake_server_requests_to (f->server, "/v1/auth/tenant");
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[0])->body, ==, "{\"tenant_id\":\"01890000-0000-7000-8000-0000000000bb\"}");
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[0])->authorization, ==, "Bearer a");
#undef ME
}

static void
a_foreign_tenant_is_refused (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  armms_fake_server_lay_sign_in (f->server);
  g_assert_false (sign_in (f, "elsewhere", &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "client.no-tenant");
}

static void
the_keyring_opens_the_next_day (Fixture *f, gconstpointer data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) asked = NULL;
  GError *error = NULL;

  f->keyring->token = g_strdup ("kept");
  armms_fake_server_lay_sign_in (f->server);
  armms_fake_server_on (f->server, "POST", "/v1/auth/refresh", 200, NULL, "{\"access_token\":\"a\",\"refresh_token\":\"newer\"}");
  armms_session_resume_async (f->session, "ana", NULL, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  armms_session_sign_in_finish (f->session, result, &error);
  g_assert_no_error (error);
  asked = armms_fake_server_requests_to (f->server, "/v1/auth/refresh");
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[0])->body, ==, "{\"refresh_token\":\"kept\"}");
  g_assert_cmpstr (f->keyring->token, ==, "newer");
}

static void
nothing_kept_asks_for_a_password (Fixture *f, gconstpointer data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  armms_session_resume_async (f->session, "ana", NULL, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  g_assert_false (armms_session_sign_in_finish (f->session, result, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "client.no-token");
  g_assert_cmpuint (armms_fake_server_get_requests (f->server)->len, ==, 0);
}

static void
a_silent_keyring_costs_only_convenience (Fixture *f, gconstpointer data)
{
  GError *error = NULL;

  f->keyring->broken = TRUE;
  armms_fake_server_lay_sign_in (f->server);
  g_assert_true (sign_in (f, NULL, &error));
  g_assert_no_error (error);
  armms_wait_until (armms_session_get_notice (f->session) != NULL);
  g_assert_cmpstr (armms_session_get_notice (f->session), ==, "the keyring did not answer");
}

static char *
write_token_file (int mode)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("armms-XXXXXX", &path, NULL);

  g_assert_cmpint (write (fd, "from-file\n", 10), ==, 10);
  g_assert_cmpint (fchmod (fd, (mode_t) mode), ==, 0);
  close (fd);
  return path;
}

static gboolean
resume_from_file (Fixture *f, const char *path, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  armms_session_resume_from_file_async (f->session, path, NULL, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  return armms_session_sign_in_finish (f->session, result, error);
}

static void
a_file_signs_in_once (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_token_file (0600);
  g_autoptr(GPtrArray) asked = NULL;
  GError *error = NULL;

  armms_fake_server_lay_sign_in (f->server);
  armms_fake_server_on (f->server, "POST", "/v1/auth/refresh", 200, NULL, "{\"access_token\":\"a\",\"refresh_token\":\"r\"}");
  g_assert_true (resume_from_file (f, path, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (armms_session_get_login (f->session), ==, "ana");
  asked = armms_fake_server_requests_to (f->server, "/v1/auth/refresh");
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[0])->body, ==, "{\"refresh_token\":\"from-file\"}");
}

static void
a_file_that_others_can_read_is_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_token_file (0644);
  g_autoptr(GError) error = NULL;

  g_assert_false (resume_from_file (f, path, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_FORBIDDEN);
  g_assert_cmpuint (armms_fake_server_get_requests (f->server)->len, ==, 0);
  g_unlink (path);
}

static void
signing_out_forgets (Fixture *f, gconstpointer data)
{
  armms_fake_server_lay_sign_in (f->server);
  armms_fake_server_on (f->server, "POST", "/v1/auth/logout", 204, NULL, "");
  g_assert_true (sign_in (f, NULL, NULL));
  armms_session_sign_out (f->session);
  g_assert_false (armms_session_is_signed_in (f->session));
  g_assert_null (armms_session_get_access_token (f->session));
  g_assert_null (f->keyring->token);
  armms_wait_until (armms_fake_server_get_requests (f->server)->len == 3);
}

static void
addresses_are_checked (Fixture *f, gconstpointer data)
{
  static const struct { const char *given, *taken; } cases[] = {
    { "https://armms.example.com", "https://armms.example.com" },
    { "armms.example.com:8443/", "https://armms.example.com:8443" },
    { " https://armms.example.com/pay/ ", "https://armms.example.com/pay" },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://armms.example.com", NULL },
    { "ftp://armms.example.com", NULL },
    { "https://me:secret@armms.example.com", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean taken = armms_transport_set_server (f->transport, cases[i].given, &error);

      g_test_message ("%s", cases[i].given);
      g_assert_cmpint (taken, ==, cases[i].taken != NULL);
      if (taken)
        g_assert_cmpstr (armms_transport_get_server (f->transport), ==, cases[i].taken);
      else
        g_assert_cmpstr (armms_error_get_code (error), ==, "client.bad-address");
    }
}

static void
a_missing_certificate_file_is_said (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (armms_transport_set_ca_file (f->transport, "/nowhere/ca.pem", &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "client.certificate");
  g_assert_true (armms_transport_set_ca_file (f->transport, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define TEST(name) g_test_add ("/client/session/" #name, Fixture, NULL, set_up, name, tear_down)
  TEST (a_password_opens_the_day);
  TEST (a_wrong_password_is_said);
  TEST (another_tenant_is_chosen);
  TEST (a_foreign_tenant_is_refused);
  TEST (the_keyring_opens_the_next_day);
  TEST (nothing_kept_asks_for_a_password);
  TEST (a_silent_keyring_costs_only_convenience);
  TEST (a_file_signs_in_once);
  TEST (a_file_that_others_can_read_is_refused);
  TEST (signing_out_forgets);
  TEST (addresses_are_checked);
  TEST (a_missing_certificate_file_is_said);
  return g_test_run ();
}
