/* The keyring of free desktops: the Secret Service, through libsecret.
 *
 * A call ends in one of three ways: libsecret answers, the time limit strikes, or the caller cancels. The first
 * one decides; what libsecret answers later is dropped. libsecret may not heed its cancellable while a prompt is
 * open, so the limit does not wait for it.
 */
#include "client/session/keyring.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#define TIME_LIMIT_MS 5000

static const SecretSchema schema = {
  "org.armms.RefreshToken", SECRET_SCHEMA_NONE,
  { { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "login", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } }
};

#define ARMMS_TYPE_SECRET_KEYRING (armms_secret_keyring_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsSecretKeyring, armms_secret_keyring, ARMMS, SECRET_KEYRING, GObject)

struct _ArmmsSecretKeyring
{
  GObject parent_instance;
  guint time_limit_ms;
};

static void keyring_iface_init (ArmmsKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ArmmsSecretKeyring, armms_secret_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ARMMS_TYPE_KEYRING, keyring_iface_init))

/* Task data of every call. */
typedef struct
{
  GCancellable *inner; /* owned: what libsecret gets */
  guint timeout;
  gboolean over;
} Call;

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->timeout, g_source_remove);
  g_clear_object (&call->inner);
  g_free (call);
}

/* TRUE for the first way that a call ends. */
static gboolean
end_call (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  if (call->over)
    return FALSE;
  call->over = TRUE;
  g_clear_handle_id (&call->timeout, g_source_remove);
  return TRUE;
}

static gboolean
on_time_over_cb (gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  call->timeout = 0;
  if (!end_call (task))
    return G_SOURCE_REMOVE;
  g_cancellable_cancel (call->inner);
  g_task_return_error (task, armms_error_new (ARMMS_ERROR_TIMED_OUT, "client.keyring",
                                              _("the keyring did not answer; unlock it, or install one (gnome-keyring), "
                                                "to stay signed in after the program is closed")));
  return G_SOURCE_REMOVE;
}

static GTask *
begin_call (ArmmsKeyring *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->inner = g_cancellable_new ();
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  call->timeout = g_timeout_add_full (G_PRIORITY_DEFAULT, ARMMS_SECRET_KEYRING (self)->time_limit_ms, on_time_over_cb,
                                      g_object_ref (task), g_object_unref);
  return task;
}

static GError *
keyring_error (const GError *cause)
{
  return armms_error_new (ARMMS_ERROR_UNAVAILABLE, "client.keyring", _("no keyring can be used: %s"), cause->message);
}

static void
on_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  gboolean stored = secret_password_store_finish (result, &error);

  if (!end_call (task))
    return;
  if (stored)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, keyring_error (error));
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  char *found = secret_password_lookup_finish (result, &error);

  if (!end_call (task))
    {
      secret_password_free (found);
      return;
    }
  if (error != NULL)
    g_task_return_error (task, keyring_error (error));
  else
    g_task_return_pointer (task, g_strdup (found), g_free);
  secret_password_free (found);
}

static void
on_forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (!end_call (task))
    return;
  if (error != NULL)
    g_task_return_error (task, keyring_error (error));
  else
    g_task_return_boolean (task, TRUE);
}

static GCancellable *
inner_of (GTask *task)
{
  return ((Call *) g_task_get_task_data (task))->inner;
}

static void
store_async (ArmmsKeyring *self, const char *server, const char *login, const char *token,
             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = begin_call (self, cancellable, callback, user_data);
  /* Translators: how the secret is called in the system's keyring; a login name, then a server's address */
  g_autofree char *label = g_strdup_printf (_("ARMMS: %s at %s"), login, server);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, inner_of (task), on_stored_cb, task,
                         "server", server, "login", login, NULL);
}

static void
lookup_async (ArmmsKeyring *self, const char *server, const char *login,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = begin_call (self, cancellable, callback, user_data);

  secret_password_lookup (&schema, inner_of (task), on_looked_up_cb, task, "server", server, "login", login, NULL);
}

static void
forget_async (ArmmsKeyring *self, const char *server, const char *login,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = begin_call (self, cancellable, callback, user_data);

  secret_password_clear (&schema, inner_of (task), on_forgotten_cb, task, "server", server, "login", login, NULL);
}

static void
keyring_iface_init (ArmmsKeyringInterface *iface)
{
  iface->store_async = store_async;
  iface->lookup_async = lookup_async;
  iface->forget_async = forget_async;
}

static void
armms_secret_keyring_class_init (ArmmsSecretKeyringClass *klass)
{
}

static void
armms_secret_keyring_init (ArmmsSecretKeyring *self)
{
  self->time_limit_ms = TIME_LIMIT_MS;
}

ArmmsKeyring *
armms_keyring_new_system (guint time_limit_ms)
{
  ArmmsSecretKeyring *self = g_object_new (ARMMS_TYPE_SECRET_KEYRING, NULL);

  if (time_limit_ms > 0)
    self->time_limit_ms = time_limit_ms;
  return ARMMS_KEYRING (self);
}
