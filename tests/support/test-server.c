#include "tests/support/test-server.h"

#include "server/iam/iam.h"
#include "server/platform/work/work.h"
#include "server/programs/serve/serving.h"
#include "server/tenant/tenant.h"

#include <libsoup/soup.h>
#include <string.h>

struct _ArmmsTestServer {
  ArmmsConfig *config;
  ArmmsServing *serving;   /* made and freed in its thread */
  GThread *thread;
  GMutex lock;
  GCond changed;
  gboolean started;
  guint port;
  SoupSession *session;
  SoupMessage *message;    /* the last */
  GBytes *body;
  JsonNode *json;
  JsonObject *nothing;
};

static gpointer
run (gpointer data)
{
  ArmmsTestServer *self = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GError) error = NULL;

  g_main_context_push_thread_default (context);
  self->serving = armms_serving_new (self->config, /* rooms= */ NULL, &error);
  g_assert_no_error (error);
  g_assert_true (armms_server_start (armms_serving_get_server (self->serving), &error));
  g_assert_no_error (error);
  g_mutex_lock (&self->lock);
  self->port = armms_server_get_port (armms_serving_get_server (self->serving));
  self->started = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  armms_server_run (armms_serving_get_server (self->serving), /* signals= */ FALSE);
  g_clear_pointer (&self->serving, armms_serving_free);
  g_main_context_pop_thread_default (context);
  return NULL;
}

ArmmsTestServer *
armms_test_server_new (ArmmsTestDatabase *database)
{
  ArmmsTestServer *self = g_new0 (ArmmsTestServer, 1);

  self->config = armms_test_database_config (database, "armms_server");
  armms_config_set_default (self->config, "server", "port", "0");
  armms_config_set_default (self->config, "limits", "sign-in-per-minute", "100000");
  armms_config_set_default (self->config, "limits", "default-per-second", "100000");
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->session = soup_session_new_with_options ("timeout", 30, NULL);
  self->nothing = json_object_new ();
  self->thread = g_thread_new ("server", run, self);
  g_mutex_lock (&self->lock);
  while (!self->started)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
  return self;
}

void
armms_test_server_free (ArmmsTestServer *self)
{
  soup_session_abort (self->session);
  armms_server_stop (armms_serving_get_server (self->serving));
  g_thread_join (self->thread);
  g_clear_object (&self->session);
  g_clear_object (&self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  json_object_unref (self->nothing);
  armms_config_unref (self->config);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

guint
armms_test_server_get_port (ArmmsTestServer *self)
{
  return self->port;
}

ArmmsServer *
armms_test_server_get_server (ArmmsTestServer *self)
{
  return armms_serving_get_server (self->serving);
}

ArmmsDb *
armms_test_server_get_db (ArmmsTestServer *self)
{
  return armms_serving_get_db (self->serving);
}

/* What is made before the calls */

static ArmmsWork *
begin (ArmmsTestServer *self, const char *schema, const ArmmsId *tenant_id)
{
  ArmmsActor actor = { .tenant_id = *tenant_id, .request_id = "test" };
  g_autoptr(GError) error = NULL;
  ArmmsWork *work = armms_work_begin (armms_test_server_get_db (self), schema, ARMMS_WORK_WRITE, &actor, &error);

  g_assert_no_error (error);
  return work;
}

static void
end (ArmmsWork *work)
{
  g_autoptr(GError) error = NULL;
  gboolean good = armms_work_commit (work, &error);

  g_assert_no_error (error);
  g_assert_true (good);
  armms_work_free (work);
}

void
armms_test_server_add_user (ArmmsTestServer *self, const ArmmsId *tenant_id, const char *login, const char *role)
{
  g_autoptr(GPtrArray) users = armms_records_new (&armms_user_type);
  ArmmsUser *user = armms_record_new (&armms_user_type);
  ArmmsWork *work = begin (self, "iam", tenant_id);
  g_autoptr(GError) error = NULL;
  const char *roles[] = { role, NULL };

  user->login = g_strdup (login);
  user->name = g_strdup (login);
  user->password = g_strdup (ARMMS_TEST_PASSWORD);
  user->roles = g_strdupv ((char **) roles);
  g_ptr_array_add (users, user);
  g_assert_true (armms_iam_insert_users (work, users, &error) || error != NULL);
  g_assert_no_error (error);
  end (work);
}

ArmmsId
armms_test_server_add_tenant (ArmmsTestServer *self, const char *code)
{
  static const char *const roles[] = { "operations", "timekeeper", "payroll-officer", "controller", "hr-officer", "hr-manager",
                                       "finance-officer", "employee", "administrator" };
  ArmmsTenant tenant = { .tenant_id = armms_id_new (), .code = (char *) code, .name = (char *) code };
  g_autoptr(GError) error = NULL;
  ArmmsWork *work = begin (self, "tenant", &tenant.tenant_id);

  g_assert_true (armms_tenant_insert (work, &tenant, &error) || error != NULL);
  g_assert_no_error (error);
  end (work);
  work = begin (self, "iam", &tenant.tenant_id);
  g_assert_true (armms_iam_insert_default_roles (work, &error) || error != NULL);
  g_assert_no_error (error);
  end (work);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *login = g_strdup_printf ("%s@%s", roles[i], code);

      armms_test_server_add_user (self, &tenant.tenant_id, login, roles[i]);
    }
  return tenant.tenant_id;
}

char *
armms_test_server_add_device (ArmmsTestServer *self, const ArmmsId *tenant_id)
{
  g_autoptr(GPtrArray) keys = armms_records_new (&armms_api_key_type);
  ArmmsApiKey *key = armms_record_new (&armms_api_key_type);
  ArmmsWork *work = begin (self, "iam", tenant_id);
  g_autoptr(GError) error = NULL;
  char id[ARMMS_ID_TEXT_SIZE];

  key->kind = g_strdup ("DEVICE");
  key->name = g_strdup ("gate");
  g_ptr_array_add (keys, key);
  g_assert_true (armms_iam_insert_keys (work, keys, &error) || error != NULL);
  g_assert_no_error (error);
  end (work);
  return g_strdup_printf ("%s:%s", armms_id_format (&key->key_id, id), key->secret);
}

/* Calls */

static void
add_headers (SoupMessageHeaders *headers, const char *lines)
{
  g_auto(GStrv) list = g_strsplit (lines != NULL ? lines : "", "\n", -1);

  for (gsize i = 0; list[i] != NULL; i++)
    {
      g_auto(GStrv) halves = g_strsplit (list[i], ": ", 2);

      if (halves[0] != NULL && halves[1] != NULL)
        soup_message_headers_replace (headers, halves[0], halves[1]);
    }
}

guint
armms_test_server_call (ArmmsTestServer *self, const char *method, const char *path, const char *token, const char *body, const char *headers)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
  g_autofree char *authorization = NULL;
  g_autoptr(GError) error = NULL;
  SoupMessageHeaders *out;

  g_clear_object (&self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  self->message = soup_message_new (method, url);
  out = soup_message_get_request_headers (self->message);
  if (token != NULL)
    {
      authorization = g_str_has_prefix (token, "Device ") ? g_strdup (token) : g_strconcat ("Bearer ", token, NULL);
      soup_message_headers_append (out, "Authorization", authorization);
    }
  if (strcmp (method, "GET") != 0)
    {
      g_autofree char *key = g_uuid_string_random ();

      soup_message_headers_append (out, "Idempotency-Key", key);
    }
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (self->message, "application/json", bytes);
    }
  add_headers (out, headers);
  self->body = soup_session_send_and_read (self->session, self->message, NULL, &error);
  g_assert_no_error (error);
  if (g_bytes_get_size (self->body) > 0)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body));

      self->json = json_from_string (text, NULL);
    }
  return soup_message_get_status (self->message);
}

JsonObject *
armms_test_server_object (ArmmsTestServer *self)
{
  return self->json != NULL && JSON_NODE_HOLDS_OBJECT (self->json) ? json_node_get_object (self->json) : self->nothing;
}

const char *
armms_test_server_text (ArmmsTestServer *self, const char *member)
{
  const char *text = json_object_get_string_member_with_default (armms_test_server_object (self), member, "");

  return text != NULL ? text : "";
}

const char *
armms_test_server_body (ArmmsTestServer *self)
{
  static GPrivate kept = G_PRIVATE_INIT (g_free);

  g_private_replace (&kept, g_strndup (g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body)));
  return g_private_get (&kept);
}

const char *
armms_test_server_header (ArmmsTestServer *self, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

char *
armms_test_server_sign_in (ArmmsTestServer *self, const char *login, const char *tenant)
{
  g_autofree char *with_tenant = tenant != NULL ? g_strdup_printf (",\"tenant\":\"%s\"", tenant) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("{\"login\":\"%s\",\"password\":\"" ARMMS_TEST_PASSWORD "\"%s}", login, with_tenant);
  guint status = armms_test_server_call (self, "POST", "/v1/auth/login", NULL, body, NULL);

  if (status != 200)
    g_error ("signing in as %s: %u %s", login, status, armms_test_server_body (self));
  return g_strdup (armms_test_server_text (self, "access_token"));
}
