#include "server/iam/iam-private.h"

#include "server/tenant/tenant.h"

#include <string.h>

typedef struct {
  ArmmsId user_id;
  char *login, *name, *hash;
  gboolean active, must_change;
} Account;

static void
account_free (Account *account)
{
  g_free (account->login);
  g_free (account->name);
  g_free (account->hash);
  g_free (account);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Account, account_free)

typedef struct {
  ArmmsIam *iam;
  ArmmsRequest *request;
  ArmmsId tenant_id, user_id, session_id;
  const char *program;
  GBytes *hash;              /* of the refresh token that is shown */
  gboolean reused;
  ArmmsSignedIn *signed_in;  /* what comes out */
} Opening;

static ArmmsIam *
iam_of (ArmmsRequest *request)
{
  return armms_request_get_service (request, "iam");
}

static ArmmsActor
nobody (ArmmsRequest *request)
{
  return (ArmmsActor) { .request_id = armms_request_get_request_id (request) };
}

/* Looking up before there is a tenant */

static Account *
find_account (ArmmsRequest *request, const char *login, GError **error)
{
  ArmmsActor actor = nobody (request);
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_request_get_db (request), "iam", ARMMS_WORK_READ_FRESH, &actor, error);
  g_autoptr(ArmmsRows) rows = NULL;
  Account *account;

  if (work == NULL || !armms_work_set_local (work, "app.sign_in_login", login, error))
    return NULL;
  rows = armms_work_query (work, "iam/user-for-sign-in", armms_params_text (armms_params_new (), login), error);
  if (rows == NULL)
    return NULL;
  account = g_new0 (Account, 1);
  if (armms_rows_count (rows) == 0)
    return account;
  account->user_id = armms_rows_id (rows, 0, "user_id");
  account->login = g_strdup (armms_rows_text (rows, 0, "login"));
  account->name = g_strdup (armms_rows_text (rows, 0, "name"));
  account->hash = g_strdup (armms_rows_text (rows, 0, "password_hash"));
  account->active = g_strcmp0 (armms_rows_text (rows, 0, "status"), "ACTIVE") == 0;
  account->must_change = armms_rows_boolean (rows, 0, "must_change");
  return account;
}

/* (transfer full) (element-type ArmmsTenant) */
static GPtrArray *
load_tenants_in (ArmmsWork *work, const ArmmsId *user_id, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(ArmmsRows) rows = NULL;
  char user[ARMMS_ID_TEXT_SIZE];

  if (!armms_work_set_local (work, "app.sign_in_user", armms_id_format (user_id, user), error))
    return NULL;
  rows = armms_work_query (work, "iam/memberships-of-user", armms_params_id (armms_params_new (), user_id), error);
  if (rows == NULL)
    return NULL;
  for (guint row = 0; row < armms_rows_count (rows); row++)
    {
      ArmmsId id = armms_rows_id (rows, row, "tenant_id");

      g_array_append_val (ids, id);
    }
  return armms_tenant_load_named (work, (const ArmmsId *) (gpointer) ids->data, ids->len, error);
}

GPtrArray *
armms_iam_load_tenants_of (ArmmsWork *work, const char *login, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsId user_id;

  if (!armms_work_set_local (work, "app.sign_in_login", login, error))
    return NULL;
  rows = armms_work_query (work, "iam/users-of-logins", armms_params_texts (armms_params_new (), &login, 1), error);
  if (rows == NULL)
    return NULL;
  if (armms_rows_count (rows) == 0)
    return armms_records_new (&armms_tenant_type);
  user_id = armms_rows_id (rows, 0, "user_id");
  return load_tenants_in (work, &user_id, error);
}

/* The tenants that are open to the user. (transfer full) */
static GPtrArray *
load_tenants (ArmmsRequest *request, const ArmmsId *user_id, GError **error)
{
  ArmmsActor actor = nobody (request);
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_request_get_db (request), "iam", ARMMS_WORK_READ_FRESH, &actor, error);
  g_autoptr(GPtrArray) tenants = work != NULL ? load_tenants_in (work, user_id, error) : NULL;

  if (tenants == NULL)
    return NULL;
  for (guint i = tenants->len; i > 0; i--)
    if (g_strcmp0 (((ArmmsTenant *) tenants->pdata[i - 1])->status, "ACTIVE") != 0)
      g_ptr_array_remove_index (tenants, i - 1);
  return g_steal_pointer (&tenants);
}

/* Opening a session */

static const ArmmsTenant *
find_tenant (const GPtrArray *tenants, const ArmmsId *tenant_id, const char *code)
{
  for (guint i = 0; i < tenants->len; i++)
    {
      const ArmmsTenant *tenant = tenants->pdata[i];

      if (code != NULL ? g_strcmp0 (tenant->code, code) == 0 : armms_id_equal (&tenant->tenant_id, tenant_id))
        return tenant;
    }
  return NULL;
}

static void
fill_from_rights (ArmmsSignedIn *out, ArmmsRows *rights, const ArmmsId *tenant_id)
{
  out->user_id = armms_rows_id (rights, 0, "user_id");
  out->login = g_strdup (armms_rows_text (rights, 0, "login"));
  out->name = g_strdup (armms_rows_text (rights, 0, "name"));
  out->workspace = g_strdup (armms_rows_text (rights, 0, "workspace"));
  out->roles = armms_rows_texts (rights, 0, "roles");
  out->scopes = armms_rows_texts (rights, 0, "scopes");
  out->tenant_id = *tenant_id;
}

/* Rights, a new refresh token and an access token for the session. */
static gboolean
issue (Opening *opening, ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rights = armms_work_query (work, "iam/member-rights", armms_params_id (armms_params_new (), &opening->user_id), error);
  g_autoptr(ArmmsCaller) caller = NULL;
  g_autofree char *secret = armms_secret_new ();
  g_autoptr(GBytes) hash = armms_secret_hash (secret);
  ArmmsParams *params;
  ArmmsSignedIn *out;

  if (rights == NULL)
    return FALSE;
  if (armms_rows_count (rights) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "tenant.unknown", "the user belongs to no such tenant");
      return FALSE;
    }
  params = armms_params_bytes (armms_params_new (), hash);
  armms_params_id (armms_params_id (params, &opening->session_id), &opening->user_id);
  if (!armms_work_execute (work, "iam/refresh-insert", armms_params_integer (params, opening->iam->refresh_days), NULL, error))
    return FALSE;
  caller = armms_iam_caller_from_rights (&opening->tenant_id, &opening->session_id, rights);
  armms_record_free (&armms_signed_in_type, opening->signed_in);
  out = opening->signed_in = armms_record_new (&armms_signed_in_type);
  fill_from_rights (out, rights, &opening->tenant_id);
  out->access_token = armms_tokens_issue (opening->iam->tokens, caller, ARMMS_ACCESS_TOKEN_SECONDS);
  out->expires_in = ARMMS_ACCESS_TOKEN_SECONDS;
  out->refresh_token = g_steal_pointer (&secret);
  return TRUE;
}

static gboolean
begin_session (ArmmsWork *work, gpointer user_data, GError **error)
{
  Opening *opening = user_data;
  ArmmsParams *params = armms_params_new ();

  opening->session_id = armms_id_new ();
  armms_params_id (armms_params_id (params, &opening->session_id), &opening->user_id);
  armms_params_text (armms_params_text (params, armms_request_get_source (opening->request)), opening->program);
  return armms_work_execute (work, "iam/session-insert", params, NULL, error) && issue (opening, work, error);
}

static gboolean
run_opening (Opening *opening, ArmmsWorkFunc func, GError **error)
{
  ArmmsActor actor = { .tenant_id = opening->tenant_id, .user_id = opening->user_id,
                       .request_id = armms_request_get_request_id (opening->request) };

  if (armms_work_run (opening->iam->db, "iam", ARMMS_WORK_WRITE, &actor, func, opening, error))
    return TRUE;
  armms_record_free (&armms_signed_in_type, g_steal_pointer (&opening->signed_in));
  return FALSE;
}

/* A short token that can do nothing but choose. */
static ArmmsSignedIn *
let_choose (ArmmsIam *iam, const Account *account)
{
  ArmmsSignedIn *out = armms_record_new (&armms_signed_in_type);
  g_autoptr(ArmmsCaller) caller = armms_caller_new ();

  caller->user_id = account->user_id;
  caller->session_id = armms_id_new ();
  out->access_token = armms_tokens_issue (iam->tokens, caller, ARMMS_IAM_CHOICE_SECONDS);
  out->expires_in = ARMMS_IAM_CHOICE_SECONDS;
  out->user_id = account->user_id;
  out->login = g_strdup (account->login);
  out->name = g_strdup (account->name);
  out->roles = g_new0 (char *, 1);
  out->scopes = g_new0 (char *, 1);
  return out;
}

static ArmmsReply *
reply_signed_in (ArmmsSignedIn *out, GPtrArray *tenants)
{
  const ArmmsTenant *tenant = find_tenant (tenants, &out->tenant_id, /* code= */ NULL);
  ArmmsReply *reply;

  out->tenant_name = tenant != NULL ? g_strdup (tenant->name) : NULL;
  out->tenants = g_ptr_array_ref (tenants);
  reply = armms_reply_new_record (200, &armms_signed_in_type, out);
  armms_record_free (&armms_signed_in_type, out);
  return reply;
}

/* Sign-in */

static gboolean
rehash (ArmmsWork *work, gpointer user_data, GError **error)
{
  const Account *account = user_data;
  ArmmsParams *params = armms_params_id (armms_params_new (), &account->user_id);

  armms_params_boolean (armms_params_text (params, account->hash), account->must_change);
  return armms_work_execute (work, "iam/password-store", params, NULL, error);
}

/* The parameters have risen since: hashed again while the password is at hand. That it fails is no reason to refuse. */
static void
strengthen (ArmmsRequest *request, Account *account, const char *password)
{
  ArmmsActor actor = { .user_id = account->user_id, .request_id = armms_request_get_request_id (request) };
  char *hash = armms_password_hash (password, /* error= */ NULL);

  if (hash == NULL)
    return;
  g_free (account->hash);
  account->hash = hash;
  if (!armms_work_run (armms_request_get_db (request), "iam", ARMMS_WORK_WRITE, &actor, rehash, account, /* error= */ NULL))
    g_info ("a password could not be hashed again");
}

/* (transfer full) (nullable): the account when the password is right */
static Account *
check_password (ArmmsRequest *request, const char *login, const char *password, const char *proof, GError **error)
{
  ArmmsIam *iam = iam_of (request);
  const char *source = armms_request_get_source (request);
  const char *known = armms_tokens_check_device_proof (iam->tokens, login, proof) ? proof : NULL;
  g_autoptr(Account) account = NULL;
  gboolean right = FALSE, weak = FALSE;

  if (!armms_lock_out_check (iam->lock_out, login, source, known, error))
    return NULL;
  account = find_account (request, login, error);
  if (account == NULL || !armms_password_verify (account->hash, password, &right, &weak, error))
    return NULL;
  if (!right || !account->active)
    {
      armms_lock_out_failed (iam->lock_out, login, source, known);
      armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, "auth.wrong", "login or password is wrong");
      return NULL;
    }
  armms_lock_out_succeeded (iam->lock_out, login, source, known);
  if (weak)
    strengthen (request, account, password);
  return g_steal_pointer (&account);
}

ArmmsReply *
armms_iam_login (ArmmsRequest *request, GError **error)
{
  ArmmsSignIn *in = armms_request_get_body (request);
  ArmmsIam *iam = iam_of (request);
  g_autofree char *login = g_ascii_strdown (in->login, -1);
  g_autoptr(Account) account = check_password (request, login, in->password, in->device_proof, error);
  g_autoptr(GPtrArray) tenants = NULL;
  Opening opening = { .iam = iam, .request = request, .program = in->program };
  const ArmmsTenant *tenant;
  ArmmsSignedIn *out;

  if (account == NULL)
    return NULL;
  tenants = load_tenants (request, &account->user_id, error);
  if (tenants == NULL)
    return NULL;
  if (in->tenant != NULL || !armms_id_is_nil (&in->tenant_id))
    {
      tenant = find_tenant (tenants, &in->tenant_id, in->tenant);
      if (tenant == NULL)
        {
          armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "tenant.unknown", "the user belongs to no such tenant");
          return NULL;
        }
    }
  else
    tenant = tenants->len == 1 ? tenants->pdata[0] : NULL;
  if (tenant != NULL)
    {
      opening.tenant_id = tenant->tenant_id;
      opening.user_id = account->user_id;
      if (!run_opening (&opening, begin_session, error))
        return NULL;
      out = opening.signed_in;
    }
  else
    out = let_choose (iam, account);
  out->device_proof = armms_tokens_issue_device_proof (iam->tokens, login);
  out->must_change_password = account->must_change;
  return reply_signed_in (out, tenants);
}

/* Refresh */

static gboolean
use_refresh (ArmmsWork *work, gpointer user_data, GError **error)
{
  Opening *opening = user_data;
  g_autoptr(ArmmsRows) used = armms_work_query (work, "iam/refresh-use", armms_params_bytes (armms_params_new (), opening->hash), error);
  g_autoptr(ArmmsRows) state = NULL;
  g_autoptr(ArmmsRows) live = NULL;

  opening->reused = FALSE;
  if (used == NULL)
    return FALSE;
  if (armms_rows_count (used) == 0)
    {
      state = armms_work_query (work, "iam/refresh-state", armms_params_bytes (armms_params_new (), opening->hash), error);
      if (state == NULL)
        return FALSE;
      /* A used one again: two have it, and one of them is not the user. Nobody goes on. */
      opening->reused = armms_rows_count (state) > 0 && armms_rows_boolean (state, 0, "used");
      return armms_work_execute (work, "iam/session-end",
                                 armms_params_text (armms_params_id (armms_params_new (), &opening->session_id), opening->reused ? "REUSE" : "EXPIRED"), NULL, error);
    }
  live = armms_work_query (work, "iam/session-live", armms_params_id (armms_params_id (armms_params_new (), &opening->session_id), &opening->user_id), error);
  if (live == NULL)
    return FALSE;
  return armms_rows_count (live) == 0 || issue (opening, work, error);
}

static gboolean
find_refresh (Opening *opening, const char *token, GError **error)
{
  ArmmsActor actor = nobody (opening->request);
  g_autoptr(ArmmsWork) work = armms_work_begin (opening->iam->db, "iam", ARMMS_WORK_READ_FRESH, &actor, error);
  g_autofree char *hex = armms_secret_hash_hex (token);
  g_autoptr(ArmmsRows) rows = NULL;

  if (work == NULL || !armms_work_set_local (work, "app.token_hash", hex, error))
    return FALSE;
  rows = armms_work_query (work, "iam/refresh-find", armms_params_bytes (armms_params_new (), opening->hash), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, "auth.refresh", "the refresh token is not known");
      return FALSE;
    }
  opening->tenant_id = armms_rows_id (rows, 0, "tenant_id");
  opening->session_id = armms_rows_id (rows, 0, "session_id");
  opening->user_id = armms_rows_id (rows, 0, "user_id");
  return TRUE;
}

ArmmsReply *
armms_iam_refresh (ArmmsRequest *request, GError **error)
{
  const ArmmsTokenRefresh *in = armms_request_get_body (request);
  g_autoptr(GBytes) hash = armms_secret_hash (in->refresh_token);
  Opening opening = { .iam = iam_of (request), .request = request, .hash = hash };
  g_autoptr(GPtrArray) tenants = NULL;

  if (!find_refresh (&opening, in->refresh_token, error) || !run_opening (&opening, use_refresh, error))
    return NULL;
  if (opening.signed_in == NULL)
    {
      armms_iam_forget_session (opening.iam, &opening.session_id);
      armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, opening.reused ? "auth.reuse" : "auth.session",
                       opening.reused ? "this refresh token was used before: the session is ended, sign in again" : "the session has ended: sign in again");
      return NULL;
    }
  tenants = load_tenants (request, &opening.user_id, error);
  if (tenants == NULL)
    {
      armms_record_free (&armms_signed_in_type, opening.signed_in);
      return NULL;
    }
  return reply_signed_in (opening.signed_in, tenants);
}

/* Ending and changing */

typedef struct {
  const ArmmsId *session_id;
  const char *reason;
} Ending;

static gboolean
end_session (ArmmsWork *work, gpointer user_data, GError **error)
{
  const Ending *ending = user_data;

  return armms_work_execute (work, "iam/session-end", armms_params_text (armms_params_id (armms_params_new (), ending->session_id), ending->reason), NULL, error);
}

static gboolean
end_own_session (ArmmsRequest *request, const char *reason, GError **error)
{
  const ArmmsCaller *caller = armms_request_get_caller (request);
  Ending ending = { &caller->session_id, reason };

  if (armms_id_is_nil (&caller->tenant_id) || armms_id_is_nil (&caller->session_id))
    return TRUE;
  if (!armms_work_run (armms_request_get_db (request), "iam", ARMMS_WORK_WRITE, armms_request_get_actor (request), end_session, &ending, error))
    return FALSE;
  armms_iam_forget_session (iam_of (request), &caller->session_id);
  return TRUE;
}

ArmmsReply *
armms_iam_logout (ArmmsRequest *request, GError **error)
{
  return end_own_session (request, "LOGOUT", error) ? armms_reply_new_empty (204) : NULL;
}

static gboolean
refuse_keys (ArmmsRequest *request, GError **error)
{
  if (!armms_id_is_nil (&armms_request_get_caller (request)->session_id))
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "auth.user", "only a user who has signed in can do this");
  return FALSE;
}

ArmmsReply *
armms_iam_choose_tenant (ArmmsRequest *request, GError **error)
{
  const ArmmsTenantChoice *in = armms_request_get_body (request);
  const ArmmsCaller *caller = armms_request_get_caller (request);
  Opening opening = { .iam = iam_of (request), .request = request, .tenant_id = in->tenant_id, .user_id = caller->user_id };
  g_autoptr(GPtrArray) tenants = NULL;

  if (!refuse_keys (request, error))
    return NULL;
  tenants = load_tenants (request, &caller->user_id, error);
  if (tenants == NULL)
    return NULL;
  if (find_tenant (tenants, &in->tenant_id, /* code= */ NULL) == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "tenant.unknown", "the user belongs to no such tenant");
      return NULL;
    }
  if (!run_opening (&opening, begin_session, error))
    return NULL;
  if (!end_own_session (request, "SWITCH", error))
    {
      armms_record_free (&armms_signed_in_type, opening.signed_in);
      return NULL;
    }
  return reply_signed_in (opening.signed_in, tenants);
}

ArmmsReply *
armms_iam_me (ArmmsRequest *request, GError **error)
{
  const ArmmsCaller *caller = armms_request_get_caller (request);
  g_autoptr(GPtrArray) tenants = NULL;
  g_autoptr(ArmmsWork) work = NULL;
  g_autoptr(ArmmsRows) rights = NULL;
  ArmmsSignedIn *out;

  if (!refuse_keys (request, error))
    return NULL;
  tenants = load_tenants (request, &caller->user_id, error);
  work = tenants != NULL ? armms_work_begin (armms_request_get_db (request), "iam", ARMMS_WORK_READ, armms_request_get_actor (request), error) : NULL;
  rights = work != NULL ? armms_work_query (work, "iam/member-rights", armms_params_id (armms_params_new (), &caller->user_id), error) : NULL;
  if (rights == NULL)
    return NULL;
  out = armms_record_new (&armms_signed_in_type);
  if (armms_rows_count (rights) > 0)
    fill_from_rights (out, rights, &caller->tenant_id);
  else
    out->user_id = caller->user_id;
  return reply_signed_in (out, tenants);
}

/* Passwords */

typedef struct {
  ArmmsId user_id, kept_session;
  const char *hash;
  gboolean must_change;
  const char *reason;
} NewPassword;

static gboolean
store_password (ArmmsWork *work, gpointer user_data, GError **error)
{
  const NewPassword *change = user_data;
  ArmmsParams *password = armms_params_text (armms_params_id (armms_params_new (), &change->user_id), change->hash);
  ArmmsParams *sessions = armms_params_text (armms_params_id (armms_params_new (), &change->user_id), change->reason);

  armms_params_boolean (password, change->must_change);
  armms_params_id (sessions, &change->kept_session);
  return armms_work_execute (work, "iam/password-store", password, NULL, error)
         && armms_work_execute (work, "iam/sessions-end-of-user", sessions, NULL, error);
}

ArmmsReply *
armms_iam_change_own_password (ArmmsRequest *request, GError **error)
{
  const ArmmsPasswordChange *in = armms_request_get_body (request);
  const ArmmsCaller *caller = armms_request_get_caller (request);
  g_autoptr(Account) account = NULL;
  g_autofree char *hash = NULL;
  NewPassword change;

  if (!refuse_keys (request, error))
    return NULL;
  account = check_password (request, caller->name, in->old_password != NULL ? in->old_password : "", /* proof= */ NULL, error);
  if (account == NULL || !armms_password_check_rules (in->new_password, account->login, "new_password", error))
    return NULL;
  hash = armms_password_hash (in->new_password, error);
  if (hash == NULL)
    return NULL;
  change = (NewPassword) { caller->user_id, caller->session_id, hash, FALSE, "PASSWORD" };
  if (!armms_work_run (armms_request_get_db (request), "iam", ARMMS_WORK_WRITE, armms_request_get_actor (request), store_password, &change, error))
    return NULL;
  return armms_reply_new_empty (204);
}

gboolean
armms_iam_reset_password (ArmmsWork *work, const ArmmsId *user_id, const char *password, GError **error)
{
  NewPassword change = { .user_id = *user_id, .must_change = TRUE, .reason = "ADMIN" };
  g_autofree char *hash = NULL;

  if (!armms_password_check_rules (password, /* login= */ NULL, "new_password", error))
    return FALSE;
  hash = armms_password_hash (password, error);
  change.hash = hash;
  return hash != NULL && store_password (work, &change, error);
}

/* Of a user who is of this tenant alone: the password of one who is elsewhere too is not this tenant's to set. */
static gboolean
check_own_user (ArmmsWork *work, const ArmmsId *user_id, GError **error)
{
  char user[ARMMS_ID_TEXT_SIZE];
  g_autoptr(ArmmsRows) known = armms_work_query (work, "iam/users-of-ids", armms_params_ids (armms_params_new (), user_id, 1), error);
  g_autoptr(ArmmsRows) rows = NULL;

  if (known == NULL)
    return FALSE;
  if (armms_rows_count (known) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "user.unknown", "there is no such user");
      return FALSE;
    }
  if (!armms_work_set_local (work, "app.sign_in_user", armms_id_format (user_id, user), error))
    return FALSE;
  rows = armms_work_query_one (work, "iam/tenants-of-user-count", armms_params_id (armms_params_new (), user_id), "user", error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_integer (rows, 0, "tenants") == 1)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "user.shared", "the user belongs to other tenants as well and sets the password himself");
  return FALSE;
}

ArmmsReply *
armms_iam_set_password (ArmmsRequest *request, GError **error)
{
  const ArmmsPasswordChange *in = armms_request_get_body (request);
  ArmmsWork *work = armms_request_get_work (request);
  ArmmsId user_id;

  if (!armms_request_get_id (request, "user", &user_id, error) || !check_own_user (work, &user_id, error)
      || !armms_iam_reset_password (work, &user_id, in->new_password, error))
    return NULL;
  armms_iam_forget_principal (iam_of (request), &user_id);
  return armms_reply_new_empty (204);
}
