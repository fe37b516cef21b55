#include "server/iam/iam-private.h"

#include <string.h>

#define MAX_CALLERS 20000

/* Who is nobody yet: only what a capability names is seen. */
static ArmmsWork *
begin_without_tenant (ArmmsIam *iam, GError **error)
{
  ArmmsActor nobody = { 0 };

  return armms_work_begin (iam->db, "iam", ARMMS_WORK_READ_FRESH, &nobody, error);
}

static gboolean
same_session (const ArmmsCaller *caller, gconstpointer data)
{
  return armms_id_equal (&caller->session_id, data);
}

static gboolean
same_principal (const ArmmsCaller *caller, gconstpointer data)
{
  return armms_id_equal (&caller->principal_id, data);
}

void
armms_iam_forget_session (ArmmsIam *iam, const ArmmsId *session_id)
{
  armms_caller_cache_forget (iam->cache, same_session, session_id);
}

void
armms_iam_forget_principal (ArmmsIam *iam, const ArmmsId *principal_id)
{
  armms_caller_cache_forget (iam->cache, same_principal, principal_id);
}

ArmmsCaller *
armms_iam_caller_from_rights (const ArmmsId *tenant_id, const ArmmsId *session_id, ArmmsRows *rights)
{
  ArmmsCaller *caller = armms_caller_new ();
  g_autoptr(GArray) detachments = armms_rows_ids (rights, 0, "detachments");

  caller->tenant_id = *tenant_id;
  caller->user_id = armms_rows_id (rights, 0, "user_id");
  caller->principal_id = caller->user_id;
  caller->session_id = *session_id;
  caller->scopes = armms_rows_texts (rights, 0, "scopes");
  caller->name = g_strdup (armms_rows_text (rights, 0, "login"));
  if (detachments != NULL && detachments->len > 0)
    {
      caller->n_detachments = detachments->len;
      caller->detachments = g_memdup2 (detachments->data, detachments->len * sizeof (ArmmsId));
    }
  return caller;
}

static ArmmsCaller *
not_any_more (GError **error)
{
  armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, "auth.session", "the session has ended: sign in again");
  return NULL;
}

/* What the token says was true when it was issued; the session and the rights are looked up as they are now. */
static ArmmsCaller *
caller_of_session (ArmmsIam *iam, const ArmmsCaller *claims, GError **error)
{
  ArmmsActor actor = { .tenant_id = claims->tenant_id, .user_id = claims->user_id };
  g_autoptr(ArmmsWork) work = armms_work_begin (iam->db, "iam", ARMMS_WORK_READ_FRESH, &actor, error);
  g_autoptr(ArmmsRows) session = NULL;
  g_autoptr(ArmmsRows) rights = NULL;
  ArmmsCaller *caller;

  if (work == NULL)
    return NULL;
  session = armms_work_query (work, "iam/session-live", armms_params_id (armms_params_id (armms_params_new (), &claims->session_id), &claims->user_id), error);
  if (session == NULL)
    return NULL;
  if (armms_rows_count (session) == 0)
    return not_any_more (error);
  rights = armms_work_query (work, "iam/member-rights", armms_params_id (armms_params_new (), &claims->user_id), error);
  if (rights == NULL)
    return NULL;
  if (armms_rows_count (rights) == 0)
    return not_any_more (error);
  caller = armms_iam_caller_from_rights (&claims->tenant_id, &claims->session_id, rights);
  caller->expires_at_us = MIN (claims->expires_at_us, g_get_monotonic_time () + ARMMS_IAM_RECHECK_US);
  return caller;
}

static ArmmsCaller *
caller_of_token (ArmmsIam *iam, const char *token, GError **error)
{
  g_autoptr(ArmmsCaller) claims = armms_tokens_read (iam->tokens, token, error);

  if (claims == NULL)
    return NULL;
  if (armms_id_is_nil (&claims->tenant_id))
    return g_steal_pointer (&claims);
  return caller_of_session (iam, claims, error);
}

static ArmmsCaller *
wrong_key (GError **error)
{
  armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, "auth.key", "the key is not known, or was revoked");
  return NULL;
}

/* "<key id>:<secret>" */
static ArmmsCaller *
caller_of_key (ArmmsIam *iam, const char *shown, GError **error)
{
  const char *colon = strchr (shown, ':');
  g_autofree char *id_text = colon != NULL ? g_strndup (shown, (gsize) (colon - shown)) : NULL;
  g_autoptr(ArmmsWork) work = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GBytes) hash = NULL;
  ArmmsCaller *caller;
  ArmmsId key_id;

  if (id_text == NULL || !armms_id_parse (id_text, &key_id))
    return wrong_key (error);
  work = begin_without_tenant (iam, error);
  if (work == NULL || !armms_work_set_local (work, "app.device_key", id_text, error))
    return NULL;
  rows = armms_work_query (work, "iam/key-for-call", armms_params_id (armms_params_new (), &key_id), error);
  if (rows == NULL)
    return NULL;
  hash = armms_rows_count (rows) > 0 ? armms_rows_bytes (rows, 0, "secret_hash") : NULL;
  if (!armms_secret_matches (hash, colon + 1))
    return wrong_key (error);
  caller = armms_caller_new ();
  caller->tenant_id = armms_rows_id (rows, 0, "tenant_id");
  caller->user_id = key_id;
  caller->principal_id = key_id;
  caller->device = g_strcmp0 (armms_rows_text (rows, 0, "kind"), "DEVICE") == 0;
  caller->scopes = armms_rows_texts (rows, 0, "scopes");
  caller->name = g_strdup (armms_rows_text (rows, 0, "name"));
  caller->expires_at_us = g_get_monotonic_time () + ARMMS_IAM_RECHECK_US;
  return caller;
}

static ArmmsCaller *
peek (gpointer data, const char *authorization)
{
  return armms_caller_cache_find (((ArmmsIam *) data)->cache, authorization);
}

static ArmmsCaller *
authenticate (gpointer data, const char *authorization, GError **error)
{
  ArmmsIam *iam = data;
  ArmmsCaller *caller = armms_caller_cache_find (iam->cache, authorization);

  if (caller != NULL)
    return caller;
  if (g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0)
    caller = caller_of_token (iam, authorization + 7, error);
  else if (g_ascii_strncasecmp (authorization, "Device ", 7) == 0)
    caller = caller_of_key (iam, authorization + 7, error);
  else
    armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, "auth.scheme", "the Authorization header is neither Bearer nor Device");
  if (caller != NULL)
    armms_caller_cache_add (iam->cache, authorization, caller);
  return caller;
}

ArmmsIam *
armms_iam_new (ArmmsConfig *config, ArmmsDb *db, GError **error)
{
  g_autoptr(ArmmsIam) iam = g_new0 (ArmmsIam, 1);

  iam->db = db;
  iam->refresh_days = armms_config_integer (config, "auth", "refresh-days", 1, 365, 30);
  iam->tokens = armms_tokens_new (config, error);
  if (iam->tokens == NULL)
    return NULL;
  iam->cache = armms_caller_cache_new (MAX_CALLERS);
  iam->lock_out = armms_lock_out_new ();
  return g_steal_pointer (&iam);
}

void
armms_iam_free (ArmmsIam *iam)
{
  if (iam == NULL)
    return;
  armms_tokens_free (iam->tokens);
  armms_caller_cache_free (iam->cache);
  armms_lock_out_free (iam->lock_out);
  g_free (iam);
}

gboolean
armms_iam_serve (ArmmsServer *server, ArmmsConfig *config, ArmmsDb *db, GError **error)
{
  ArmmsIam *iam = armms_iam_new (config, db, error);
  ArmmsAuthenticator authenticator = { peek, authenticate, iam };

  if (iam == NULL)
    return FALSE;
  armms_server_set_authenticator (server, &authenticator);
  armms_server_add_service (server, "iam", iam, (GDestroyNotify) armms_iam_free);
  return TRUE;
}
