/* Where the refresh token sleeps between two days: the system's keyring, behind three calls.
 *
 * Shape  one implementation per system (keyring-secret.c: the freedesktop Secret Service through libsecret); none of
 *        them blocks, and each gives up after a time limit with ARMMS_ERROR "client.keyring" when no keyring answers:
 *        a locked keyring without anyone to unlock it would otherwise wait for ever.
 * Key    the server's address and the login name: one token for each.
 */
#pragma once

#include "common/base/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_KEYRING (armms_keyring_get_type ())
G_DECLARE_INTERFACE (ArmmsKeyring, armms_keyring, ARMMS, KEYRING, GObject)

struct _ArmmsKeyringInterface
{
  GTypeInterface parent_iface;

  void (*store_async) (ArmmsKeyring *self, const char *server, const char *login, const char *token,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  void (*lookup_async) (ArmmsKeyring *self, const char *server, const char *login,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  void (*forget_async) (ArmmsKeyring *self, const char *server, const char *login,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
};

/* The keyring of this system. @time_limit_ms: 0 for the usual five seconds. (transfer full) */
ArmmsKeyring *armms_keyring_new_system (guint time_limit_ms);

void armms_keyring_store_async (ArmmsKeyring *self, const char *server, const char *login, const char *token,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean armms_keyring_store_finish (ArmmsKeyring *self, GAsyncResult *result, GError **error);

void armms_keyring_lookup_async (ArmmsKeyring *self, const char *server, const char *login,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full) (nullable): NULL without error when there is none */
char *armms_keyring_lookup_finish (ArmmsKeyring *self, GAsyncResult *result, GError **error);

void armms_keyring_forget_async (ArmmsKeyring *self, const char *server, const char *login,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean armms_keyring_forget_finish (ArmmsKeyring *self, GAsyncResult *result, GError **error);

G_END_DECLS
