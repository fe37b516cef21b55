#include "client/session/session.h"

#include "common/wire/iam/sign-in.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST_TOKEN_FILE 8192

struct _ArmmsSession
{
  GObject parent_instance;

  ArmmsTransport *transport;  /* owned */
  ArmmsKeyring *keyring;      /* owned, nullable */
  GCancellable *background;   /* owned: what nobody waits for */

  char *access_token;         /* owned, nullable: signed out */
  char *refresh_token;        /* owned, nullable */
  char *login;                /* owned, nullable */
  char *device_proof;         /* owned, nullable */
  ArmmsSignedIn *me;          /* owned, nullable: who the tokens stand for; its own tokens are taken out */
  GPtrArray *tenants;         /* owned, of ArmmsSessionTenant */
  char *notice;               /* owned, nullable */

  GPtrArray *waiting;         /* owned GTasks: everyone who waits for the refresh under way; NULL: none is */
};

enum { CHANGED, ENDED, N_SIGNALS };
enum { PROP_0, PROP_NOTICE, N_PROPS };

G_DEFINE_FINAL_TYPE (ArmmsSession, armms_session, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPS];

static void
tenant_free (ArmmsSessionTenant *tenant)
{
  g_free (tenant->code);
  g_free (tenant->name);
  g_free (tenant);
}

static void
set_notice (ArmmsSession *self, const char *notice)
{
  if (g_strcmp0 (self->notice, notice) == 0)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

static void
wipe (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

static gpointer
record_of (const ArmmsAnswer *answer, const ArmmsRecordType *type, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *data = g_bytes_get_data (answer->body, &size);

  if (!json_parser_load_from_data (parser, data, (gssize) size, /* error= */ NULL) || json_parser_get_root (parser) == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "client.bad-answer",
                       _("%s does not answer like an ARMMS server"), "/v1");
      return NULL;
    }
  return armms_record_from_json (type, json_parser_get_root (parser), ARMMS_DECODE_ANSWER, /* path= */ NULL, error);
}

/* {"a": "1", "b": "2"} of name and value pairs. */
static GBytes *
json_object_of (const char *first_name, ...)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  va_list args;
  char *text;

  va_start (args, first_name);
  for (const char *name = first_name; name != NULL; name = va_arg (args, const char *))
    json_object_set_string_member (object, name, va_arg (args, const char *));
  va_end (args);
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static void
on_token_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsSession) self = user_data;
  g_autoptr(GError) error = NULL;

  if (armms_keyring_store_finish (ARMMS_KEYRING (source), result, &error))
    set_notice (self, NULL);
  else
    set_notice (self, error->message);
}

/* What the server gave goes out of @answer into the session. */
static void
take_tokens (ArmmsSession *self, ArmmsSignedIn *answer)
{
  wipe (&self->access_token);
  self->access_token = g_steal_pointer (&answer->access_token);
  if (answer->device_proof != NULL)
    {
      g_free (self->device_proof);
      self->device_proof = g_steal_pointer (&answer->device_proof);
    }
  if (answer->refresh_token == NULL)
    return;

  wipe (&self->refresh_token);
  self->refresh_token = g_steal_pointer (&answer->refresh_token);
  if (self->keyring != NULL && self->login != NULL)
    armms_keyring_store_async (self->keyring, armms_transport_get_server (self->transport), self->login, self->refresh_token,
                               self->background, on_token_stored_cb, g_object_ref (self));
}

static void
take_me (ArmmsSession *self, ArmmsSignedIn *me)
{
  armms_record_free (&armms_signed_in_type, self->me);
  self->me = me;
  g_ptr_array_set_size (self->tenants, 0);
  for (guint i = 0; me->tenants != NULL && i < me->tenants->len; i++)
    {
      const ArmmsTenant *known = g_ptr_array_index (me->tenants, i);
      ArmmsSessionTenant *tenant = g_new0 (ArmmsSessionTenant, 1);

      tenant->tenant_id = known->tenant_id;
      tenant->code = g_strdup (known->code);
      tenant->name = g_strdup (known->name != NULL ? known->name : known->code);
      g_ptr_array_add (self->tenants, tenant);
    }
}

static void
forget (ArmmsSession *self)
{
  wipe (&self->access_token);
  wipe (&self->refresh_token);
  armms_record_free (&armms_signed_in_type, self->me);
  self->me = NULL;
  g_ptr_array_set_size (self->tenants, 0);
}

static void
on_token_forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* A keyring that is away holds a token that the server refuses: harmless. */
  armms_keyring_forget_finish (ARMMS_KEYRING (source), result, /* error= */ NULL);
}

static void
forget_kept_token (ArmmsSession *self)
{
  if (self->keyring != NULL && self->login != NULL && armms_transport_get_server (self->transport) != NULL)
    armms_keyring_forget_async (self->keyring, armms_transport_get_server (self->transport), self->login, self->background,
                                on_token_forgotten_cb, NULL);
}

static ArmmsSignedIn *
tokens_finish (ArmmsSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr(ArmmsAnswer) answer = armms_transport_send_finish (self->transport, result, error);

  return answer != NULL ? record_of (answer, &armms_signed_in_type, error) : NULL;
}

static void
ask_me (ArmmsSession *self, GTask *task, GAsyncReadyCallback callback)
{
  ArmmsExchange exchange = { .method = "GET", .path = "/v1/me", .bearer = self->access_token };

  armms_transport_send_async (self->transport, &exchange, g_task_get_cancellable (task), callback, task);
}

/* The walk of a sign-in: tokens -> me -> (the tenant asked for -> tokens -> me) -> done. Task data: that tenant or NULL. */

static const ArmmsSessionTenant *
find_tenant (ArmmsSession *self, const char *wanted)
{
  for (guint i = 0; i < self->tenants->len; i++)
    {
      const ArmmsSessionTenant *tenant = g_ptr_array_index (self->tenants, i);
      char id[ARMMS_ID_TEXT_SIZE];

      if (g_strcmp0 (wanted, armms_id_format (&tenant->tenant_id, id)) == 0 || g_strcmp0 (wanted, tenant->code) == 0 ||
          g_strcmp0 (wanted, tenant->name) == 0)
        return tenant;
    }
  return NULL;
}

static void on_tenant_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_tenant (ArmmsSession *self, GTask *task, const ArmmsId *tenant_id)
{
  char id[ARMMS_ID_TEXT_SIZE];
  g_autoptr(GBytes) body = json_object_of ("tenant_id", armms_id_format (tenant_id, id), NULL);
  ArmmsExchange exchange = { .method = "POST", .path = "/v1/auth/tenant", .bearer = self->access_token, .body = body };

  armms_transport_send_async (self->transport, &exchange, g_task_get_cancellable (task), on_tenant_chosen_cb, task);
}

/* Takes @task and @me: (transfer full). */
static void
go_on_as (ArmmsSession *self, GTask *owned_task, ArmmsSignedIn *me)
{
  g_autoptr(GTask) task = owned_task;
  const char *wanted = g_task_get_task_data (task);
  const ArmmsSessionTenant *tenant;

  take_me (self, me);
  if (wanted != NULL)
    {
      tenant = find_tenant (self, wanted);
      if (tenant == NULL)
        {
          g_task_return_error (task, armms_error_new (ARMMS_ERROR_NOT_FOUND, "client.no-tenant",
                                                      /* Translators: the name of an organisation */
                                                      _("you are no member of “%s”"), wanted));
          return;
        }
      if (!armms_id_equal (&tenant->tenant_id, &me->tenant_id))
        {
          ArmmsId chosen = tenant->tenant_id;
          g_task_set_task_data (task, NULL, NULL);
          ask_tenant (self, g_steal_pointer (&task), &chosen);
          return;
        }
    }

  /* Signed in by a file: now the login is known, and the token can be kept under it. */
  if (self->login == NULL)
    {
      self->login = g_strdup (me->login);
      if (self->keyring != NULL && self->login != NULL && self->refresh_token != NULL)
        armms_keyring_store_async (self->keyring, armms_transport_get_server (self->transport), self->login, self->refresh_token,
                                   self->background, on_token_stored_cb, g_object_ref (self));
    }
  g_signal_emit (self, signals[CHANGED], 0);
  g_task_return_boolean (task, TRUE);
}

static void
on_me_known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  ArmmsSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  ArmmsSignedIn *me = tokens_finish (self, result, &error);

  if (me == NULL)
    g_task_return_error (task, error);
  else
    go_on_as (self, g_steal_pointer (&task), me);
}

static void
on_tenant_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  ArmmsSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  ArmmsSignedIn *answer = tokens_finish (self, result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_tokens (self, answer);
  /* A refresh may say less than a sign-in: then ask. */
  if (!armms_id_is_nil (&answer->user_id) && answer->tenants != NULL)
    {
      go_on_as (self, g_steal_pointer (&task), answer);
      return;
    }
  armms_record_free (&armms_signed_in_type, answer);
  ask_me (self, g_steal_pointer (&task), on_me_known_cb);
}

static void
on_tokens_given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_tenant_chosen_cb (source, result, user_data);
}

static void
exchange_refresh_token (ArmmsSession *self, const char *refresh_token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GBytes) body = json_object_of ("refresh_token", refresh_token, NULL);
  ArmmsExchange exchange = { .method = "POST", .path = "/v1/auth/refresh", .body = body };

  armms_transport_send_async (self->transport, &exchange, cancellable, callback, user_data);
}

static void
on_kept_token_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  ArmmsSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *token = armms_keyring_lookup_finish (ARMMS_KEYRING (source), result, &error);

  if (error != NULL)
    {
      set_notice (self, error->message);
      g_task_return_error (task, error);
    }
  else if (token == NULL)
    g_task_return_error (task, armms_error_new (ARMMS_ERROR_UNAUTHENTICATED, "client.no-token", _("sign in to begin")));
  else
    {
      GCancellable *cancellable = g_task_get_cancellable (task);
      exchange_refresh_token (self, token, cancellable, on_tokens_given_cb, g_steal_pointer (&task));
    }
}

static char *
read_token_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat info;
  char buffer[LARGEST_TOKEN_FILE + 1] = "";
  ssize_t size;
  char *token;

  if (fd < 0)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "client.sign-in-file", _("the sign-in file %s cannot be read: %s"), path, g_strerror (errno));
      return NULL;
    }
  if (fstat (fd, &info) < 0 || !S_ISREG (info.st_mode) || (info.st_mode & 077) != 0 || info.st_uid != geteuid ())
    {
      close (fd);
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "client.sign-in-file",
                       _("the sign-in file %s must be a plain file that only you can read (mode 0600)"), path);
      return NULL;
    }
  size = read (fd, buffer, LARGEST_TOKEN_FILE);
  close (fd);
  g_unlink (path);
  token = g_strdup (g_strstrip (buffer));
  explicit_bzero (buffer, sizeof buffer);
  if (size <= 0 || *token == '\0')
    {
      g_free (token);
      armms_error_set (error, ARMMS_ERROR_MALFORMED, "client.sign-in-file", _("the sign-in file %s is empty"), path);
      return NULL;
    }
  return token;
}

static GTask *
begin_sign_in (ArmmsSession *self, gpointer tag, const char *login, const char *tenant, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, tenant != NULL && *tenant != '\0' ? g_strdup (tenant) : NULL, g_free);
  forget (self);
  g_free (self->login);
  self->login = g_strdup (login);
  return task;
}

static void
end_refresh (ArmmsSession *self, const GError *error)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static void
on_refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsSession) self = user_data;
  g_autoptr(GError) error = NULL;
  ArmmsSignedIn *tokens = tokens_finish (self, result, &error);

  if (tokens != NULL)
    {
      take_tokens (self, tokens);
      armms_record_free (&armms_signed_in_type, tokens);
    }
  else if (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_UNAUTHENTICATED) ||
           g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_FORBIDDEN))
    {
      forget_kept_token (self);
      forget (self);
      end_refresh (self, error);
      g_signal_emit (self, signals[ENDED], 0, error->message);
      return;
    }
  end_refresh (self, error);
}

static void
on_signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsAnswer) answer = armms_transport_send_finish (ARMMS_TRANSPORT (source), result, /* error= */ NULL);
}

static void
armms_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NOTICE)
    g_value_set_string (value, ARMMS_SESSION (object)->notice);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
armms_session_dispose (GObject *object)
{
  ArmmsSession *self = ARMMS_SESSION (object);

  g_cancellable_cancel (self->background);
  g_clear_object (&self->transport);
  g_clear_object (&self->keyring);

  G_OBJECT_CLASS (armms_session_parent_class)->dispose (object);
}

static void
armms_session_finalize (GObject *object)
{
  ArmmsSession *self = ARMMS_SESSION (object);

  forget (self);
  g_object_unref (self->background);
  g_ptr_array_unref (self->tenants);
  g_free (self->login);
  g_free (self->device_proof);
  g_free (self->notice);

  G_OBJECT_CLASS (armms_session_parent_class)->finalize (object);
}

static void
armms_session_class_init (ArmmsSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = armms_session_get_property;
  object_class->dispose = armms_session_dispose;
  object_class->finalize = armms_session_finalize;

  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", ARMMS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", ARMMS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
armms_session_init (ArmmsSession *self)
{
  self->background = g_cancellable_new ();
  self->tenants = g_ptr_array_new_with_free_func ((GDestroyNotify) tenant_free);
}

ArmmsSession *
armms_session_new (ArmmsTransport *transport, ArmmsKeyring *keyring)
{
  ArmmsSession *self = g_object_new (ARMMS_TYPE_SESSION, NULL);

  self->transport = g_object_ref (transport);
  self->keyring = keyring != NULL ? g_object_ref (keyring) : NULL;
  return self;
}

ArmmsTransport *
armms_session_get_transport (ArmmsSession *self)
{
  return self->transport;
}

void
armms_session_sign_in_async (ArmmsSession *self, const char *login, const char *password, const char *tenant,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = begin_sign_in (self, armms_session_sign_in_async, login, tenant, cancellable, callback, user_data);
  g_autoptr(GBytes) body = json_object_of ("login", login, "password", password, "program", "ARMMS desktop",
                                           self->device_proof != NULL ? "device_proof" : NULL, self->device_proof, NULL);
  ArmmsExchange exchange = { .method = "POST", .path = "/v1/auth/login", .body = body };

  armms_transport_send_async (self->transport, &exchange, cancellable, on_tokens_given_cb, task);
}

void
armms_session_resume_async (ArmmsSession *self, const char *login, const char *tenant,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = begin_sign_in (self, armms_session_resume_async, login, tenant, cancellable, callback, user_data);

  if (self->keyring == NULL || armms_transport_get_server (self->transport) == NULL || login == NULL)
    {
      g_task_return_error (task, armms_error_new (ARMMS_ERROR_UNAUTHENTICATED, "client.no-token", _("sign in to begin")));
      g_object_unref (task);
      return;
    }
  armms_keyring_lookup_async (self->keyring, armms_transport_get_server (self->transport), login, cancellable, on_kept_token_found_cb, task);
}

void
armms_session_resume_from_file_async (ArmmsSession *self, const char *path, const char *tenant,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = begin_sign_in (self, armms_session_resume_from_file_async, /* login= */ NULL, tenant, cancellable, callback, user_data);
  GError *error = NULL;
  char *token = read_token_file (path, &error);

  if (token == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  exchange_refresh_token (self, token, cancellable, on_tokens_given_cb, task);
  wipe (&token);
}

gboolean
armms_session_sign_in_finish (ArmmsSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
armms_session_refresh_async (ArmmsSession *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, armms_session_refresh_async);
  if (self->refresh_token == NULL)
    {
      g_task_return_error (task, armms_error_new (ARMMS_ERROR_UNAUTHENTICATED, "client.no-token", _("you are signed out")));
      g_object_unref (task);
      return;
    }

  if (self->waiting != NULL)
    {
      g_ptr_array_add (self->waiting, task);
      return;
    }
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting, task);
  exchange_refresh_token (self, self->refresh_token, self->background, on_refreshed_cb, g_object_ref (self));
}

gboolean
armms_session_refresh_finish (ArmmsSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
armms_session_choose_tenant_async (ArmmsSession *self, const ArmmsId *tenant_id,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, armms_session_choose_tenant_async);
  ask_tenant (self, task, tenant_id);
}

gboolean
armms_session_choose_tenant_finish (ArmmsSession *self, GAsyncResult *result, GError **error)
{
  return armms_session_sign_in_finish (self, result, error);
}

void
armms_session_sign_out (ArmmsSession *self)
{
  if (self->refresh_token != NULL)
    {
      g_autoptr(GBytes) body = json_object_of ("refresh_token", self->refresh_token, NULL);
      ArmmsExchange exchange = { .method = "POST", .path = "/v1/auth/logout", .bearer = self->access_token, .body = body };

      armms_transport_send_async (self->transport, &exchange, self->background, on_signed_out_cb, NULL);
      forget_kept_token (self);
    }
  forget (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
armms_session_is_signed_in (ArmmsSession *self)
{
  return self->access_token != NULL && self->me != NULL;
}

const char *
armms_session_get_access_token (ArmmsSession *self)
{
  return self->access_token;
}

const char *
armms_session_get_login (ArmmsSession *self)
{
  return self->login;
}

const char *
armms_session_get_user_name (ArmmsSession *self)
{
  return self->me == NULL ? NULL : self->me->name != NULL ? self->me->name : self->me->login;
}

const char *
armms_session_get_tenant_name (ArmmsSession *self)
{
  for (guint i = 0; self->me != NULL && i < self->tenants->len; i++)
    {
      const ArmmsSessionTenant *tenant = g_ptr_array_index (self->tenants, i);
      if (armms_id_equal (&tenant->tenant_id, &self->me->tenant_id))
        return tenant->name;
    }
  return NULL;
}

const ArmmsId *
armms_session_get_tenant_id (ArmmsSession *self)
{
  static const ArmmsId nil;

  return self->me != NULL ? &self->me->tenant_id : &nil;
}

const GPtrArray *
armms_session_get_tenants (ArmmsSession *self)
{
  return self->tenants;
}

const char *const *
armms_session_get_scopes (ArmmsSession *self)
{
  static const char *const none[] = { NULL };

  return self->me != NULL && self->me->scopes != NULL ? (const char *const *) self->me->scopes : none;
}

gboolean
armms_session_has_scope (ArmmsSession *self, const char *scope)
{
  const char *const *scopes = armms_session_get_scopes (self);

  if (scope == NULL)
    return TRUE;
  for (guint i = 0; scopes[i] != NULL; i++)
    {
      gsize length = strlen (scopes[i]);

      if (g_str_equal (scopes[i], scope))
        return TRUE;
      if (length > 1 && scopes[i][length - 1] == '*' && strncmp (scopes[i], scope, length - 1) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
armms_session_has_tenant (ArmmsSession *self)
{
  return self->me != NULL && !armms_id_is_nil (&self->me->tenant_id);
}

const char *
armms_session_get_workspace (ArmmsSession *self)
{
  return self->me != NULL ? self->me->workspace : NULL;
}

void
armms_session_set_device_proof (ArmmsSession *self, const char *proof)
{
  g_free (self->device_proof);
  self->device_proof = proof != NULL && *proof != '\0' ? g_strdup (proof) : NULL;
}

const char *
armms_session_get_device_proof (ArmmsSession *self)
{
  return self->device_proof;
}

const char *
armms_session_get_notice (ArmmsSession *self)
{
  return self->notice;
}
