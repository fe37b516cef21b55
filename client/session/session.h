/* Who is at the desk: server, tenant, user, scopes, and the two tokens that prove it.
 *
 * Shape  signs in with a password, resumes from a refresh token (keyring, or a file made by the one who starts the
 *        program), refreshes the short access token for everyone at once, changes the tenant, signs out.
 * Law    the desktop only hides what the server would refuse: a scope here opens a screen, never a row.
 * Tokens the refresh token changes with every use; the newest goes into the keyring in the background. A keyring that
 *        does not answer costs the convenience, never the sign-in: see #ArmmsSession:notice.
 */
#pragma once

#include "client/session/keyring.h"
#include "client/session/transport.h"
#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_TYPE_SESSION (armms_session_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsSession, armms_session, ARMMS, SESSION, GObject)

/* One tenant that the user may act in. */
typedef struct {
  ArmmsId tenant_id;
  char *code;
  char *name;
} ArmmsSessionTenant;

/* @keyring: (nullable): NULL: nothing is kept.
 * Signals: "changed": signed in, tenant or scopes changed. "ended" (message): the server no longer knows us. */
ArmmsSession *armms_session_new (ArmmsTransport *transport, ArmmsKeyring *keyring);

ArmmsTransport *armms_session_get_transport (ArmmsSession *self);

void armms_session_sign_in_async (ArmmsSession *self, const char *login, const char *password, const char *tenant,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Goes on where the last day ended, by the keyring.
 * Finish with armms_session_sign_in_finish(): "client.no-token" (UNAUTHENTICATED) when nothing is kept. */
void armms_session_resume_async (ArmmsSession *self, const char *login, const char *tenant,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Signs in by a file that holds a refresh token; the file must be readable by its owner alone and is removed. */
void armms_session_resume_from_file_async (ArmmsSession *self, const char *path, const char *tenant,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean armms_session_sign_in_finish (ArmmsSession *self, GAsyncResult *result, GError **error);

/* A new access token. Calls made while one is under way share it. */
void armms_session_refresh_async (ArmmsSession *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean armms_session_refresh_finish (ArmmsSession *self, GAsyncResult *result, GError **error);

void armms_session_choose_tenant_async (ArmmsSession *self, const ArmmsId *tenant_id,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean armms_session_choose_tenant_finish (ArmmsSession *self, GAsyncResult *result, GError **error);

/* Forgets the tokens here at once, and tells server and keyring in the background. */
void armms_session_sign_out (ArmmsSession *self);

gboolean armms_session_is_signed_in (ArmmsSession *self);
const char *armms_session_get_access_token (ArmmsSession *self); /* (nullable) */
const char *armms_session_get_login (ArmmsSession *self);        /* (nullable) */
const char *armms_session_get_user_name (ArmmsSession *self);    /* (nullable) */
const char *armms_session_get_tenant_name (ArmmsSession *self);  /* (nullable) */
const ArmmsId *armms_session_get_tenant_id (ArmmsSession *self);
gboolean armms_session_has_tenant (ArmmsSession *self);          /* FALSE: the user must choose one first */
const char *armms_session_get_workspace (ArmmsSession *self);    /* (nullable): the one that the user's role opens with */
const GPtrArray *armms_session_get_tenants (ArmmsSession *self); /* (element-type ArmmsSessionTenant) */
const char *const *armms_session_get_scopes (ArmmsSession *self);
/* "payroll:*" holds every verb of its area. @scope NULL: TRUE */
gboolean armms_session_has_scope (ArmmsSession *self, const char *scope);
/* What an earlier sign-in on this device gave, to be kept here: failures of others then do not lock this desk out. */
void armms_session_set_device_proof (ArmmsSession *self, const char *proof); /* (nullable) */
const char *armms_session_get_device_proof (ArmmsSession *self);             /* (nullable) */
/* What people should know though nothing failed: the keyring is away. (nullable) */
const char *armms_session_get_notice (ArmmsSession *self);

G_END_DECLS
