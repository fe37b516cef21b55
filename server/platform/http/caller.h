/* Who calls: what a token or a device key stands for, once it has been checked.
 *
 * Shape  the room iam knows users and keys, the dispatcher does not: it asks an authenticator that the program registers.
 *        A caller is immutable and counted, so that one checked token serves many requests at once.
 */
#pragma once

#include "common/base/error.h"
#include "common/base/id.h"

G_BEGIN_DECLS

typedef struct _ArmmsCaller {
  gatomicrefcount references;
  ArmmsId tenant_id;
  ArmmsId user_id;          /* of a device: the key's own id, so that audit rows name it */
  ArmmsId session_id;       /* nil for devices */
  ArmmsId principal_id;     /* whose rate and idempotency keys: the user's, or the device key's */
  gboolean device;
  GStrv scopes;             /* owned, sorted */
  ArmmsId *detachments;     /* owned; limited to these when n > 0 */
  gsize n_detachments;
  char *name;               /* owned: login or key id, for the log */
  gint64 expires_at_us;     /* monotonic: until when it may be used without asking again */
} ArmmsCaller;

ArmmsCaller *armms_caller_new (void); /* (transfer full) zeroed, one reference */
ArmmsCaller *armms_caller_ref (ArmmsCaller *caller);
void armms_caller_unref (ArmmsCaller *caller);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsCaller, armms_caller_unref)

gboolean armms_caller_has_scope (const ArmmsCaller *caller, const char *scope);

typedef struct {
  /* In the server's thread: what is known already, or NULL. Never blocks. (transfer full) */
  ArmmsCaller *(*peek) (gpointer data, const char *authorization);
  /* On a worker thread: may query. (transfer full) (nullable): NULL with UNAUTHENTICATED. */
  ArmmsCaller *(*authenticate) (gpointer data, const char *authorization, GError **error);
  gpointer data;
} ArmmsAuthenticator;

G_END_DECLS
