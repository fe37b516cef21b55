#include "client/session/keyring.h"

G_DEFINE_INTERFACE (ArmmsKeyring, armms_keyring, G_TYPE_OBJECT)

static void
armms_keyring_default_init (ArmmsKeyringInterface *iface)
{
}

void
armms_keyring_store_async (ArmmsKeyring *self, const char *server, const char *login, const char *token,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ARMMS_KEYRING_GET_IFACE (self)->store_async (self, server, login, token, cancellable, callback, user_data);
}

gboolean
armms_keyring_store_finish (ArmmsKeyring *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
armms_keyring_lookup_async (ArmmsKeyring *self, const char *server, const char *login,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ARMMS_KEYRING_GET_IFACE (self)->lookup_async (self, server, login, cancellable, callback, user_data);
}

char *
armms_keyring_lookup_finish (ArmmsKeyring *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
armms_keyring_forget_async (ArmmsKeyring *self, const char *server, const char *login,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ARMMS_KEYRING_GET_IFACE (self)->forget_async (self, server, login, cancellable, callback, user_data);
}

gboolean
armms_keyring_forget_finish (ArmmsKeyring *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
