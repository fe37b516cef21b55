#include "server/iam/iam-private.h"

/* Users */

static ArmmsReply *
list_users (ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  ArmmsParams *params = armms_params_text (armms_params_new (), armms_request_get_text (request, "status"));
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) users = NULL;

  armms_page_append_params (page, armms_params_text (params, page->q));
  rows = armms_work_query (armms_request_get_work (request), "iam/users-page", params, error);
  if (rows == NULL)
    return NULL;
  users = armms_rows_records (rows, &armms_user_type);
  return armms_reply_new_list (&armms_user_type, users, page->limit, "login", "user_id");
}

static ArmmsReply *
reply_user (ArmmsRequest *request, guint status, const ArmmsId *user_id, GError **error)
{
  g_autoptr(GPtrArray) users = armms_iam_load_users (armms_request_get_work (request), user_id, 1, error);
  ArmmsUser *user;
  ArmmsReply *reply;

  if (users == NULL)
    return NULL;
  if (users->len == 0)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "user.unknown", "there is no such user");
      return NULL;
    }
  user = users->pdata[0];
  reply = armms_reply_new_record (status, &armms_user_type, user);
  armms_reply_set_version (reply, user->version);
  return reply;
}

static ArmmsReply *
get_user (ArmmsRequest *request, GError **error)
{
  ArmmsId user_id;

  return armms_request_get_id (request, "user", &user_id, error) ? reply_user (request, 200, &user_id, error) : NULL;
}

static ArmmsReply *
create_user (ArmmsRequest *request, GError **error)
{
  ArmmsUser *user = armms_request_get_body (request);
  g_autoptr(GPtrArray) users = g_ptr_array_new ();
  char id[ARMMS_ID_TEXT_SIZE];
  g_autofree char *location = NULL;
  ArmmsReply *reply;

  g_ptr_array_add (users, user);
  if (!armms_iam_insert_users (armms_request_get_work (request), users, error))
    return NULL;
  reply = reply_user (request, 201, &user->user_id, error);
  location = g_strdup_printf ("/v1/users/%s", armms_id_format (&user->user_id, id));
  if (reply != NULL)
    armms_reply_set_location (reply, location);
  return reply;
}

static ArmmsReply *
change_user (ArmmsRequest *request, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(GPtrArray) users = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;
  ArmmsUser *user;
  ArmmsId user_id;

  if (!armms_request_get_id (request, "user", &user_id, error))
    return NULL;
  users = armms_iam_load_users (work, &user_id, 1, error);
  if (users == NULL)
    return NULL;
  if (users->len == 0)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "user.unknown", "there is no such user");
      return NULL;
    }
  user = users->pdata[0];
  if (!armms_record_update_from_json (&armms_user_type, user, armms_request_get_json (request), error))
    return NULL;
  params = armms_params_integer (armms_params_id (armms_params_new (), &user_id), armms_request_get_version (request));
  armms_params_record (params, &armms_user_type, user, "name", "status", "employee_id", NULL);
  rows = armms_work_query (work, "iam/user-change", params, error);
  if (rows == NULL)
    return NULL;
  if (armms_rows_count (rows) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_STALE, "user.stale", "the user has been changed since it was read");
      return NULL;
    }
  if (!armms_iam_replace_roles (work, user, error))
    return NULL;
  armms_iam_forget_principal (armms_request_get_service (request, "iam"), &user_id);
  return reply_user (request, 200, &user_id, error);
}

/* Roles and features */

static ArmmsReply *
list_roles (ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  g_autoptr(ArmmsRows) rows = armms_work_query (armms_request_get_work (request), "iam/roles-page",
                                                armms_page_append_params (page, armms_params_text (armms_params_new (), page->q)), error);
  g_autoptr(GPtrArray) roles = rows != NULL ? armms_rows_records (rows, &armms_role_type) : NULL;

  return roles != NULL ? armms_reply_new_list (&armms_role_type, roles, page->limit, "code", "role_id") : NULL;
}

static ArmmsReply *
reply_role (ArmmsRequest *request, guint status, const ArmmsId *role_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (armms_request_get_work (request), "iam/role", armms_params_id (armms_params_new (), role_id), "role", error);
  ArmmsRole *role;
  ArmmsReply *reply;

  if (rows == NULL)
    return NULL;
  role = armms_rows_record (rows, 0, &armms_role_type);
  reply = armms_reply_new_record (status, &armms_role_type, role);
  armms_reply_set_version (reply, role->version);
  armms_record_free (&armms_role_type, role);
  return reply;
}

static ArmmsReply *
get_role (ArmmsRequest *request, GError **error)
{
  ArmmsId role_id;

  return armms_request_get_id (request, "role", &role_id, error) ? reply_role (request, 200, &role_id, error) : NULL;
}

static ArmmsReply *
create_role (ArmmsRequest *request, GError **error)
{
  ArmmsRole *role = armms_request_get_body (request);

  if (!armms_iam_insert_role (armms_request_get_work (request), role, error))
    return NULL;
  return reply_role (request, 201, &role->role_id, error);
}

static ArmmsReply *
change_role (ArmmsRequest *request, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(ArmmsRows) changed = NULL;
  g_autoptr(ArmmsRows) known = NULL;
  ArmmsRole *role;
  ArmmsParams *params;
  ArmmsId role_id;
  gboolean good;
  gsize n;

  if (!armms_request_get_id (request, "role", &role_id, error))
    return NULL;
  rows = armms_work_query_one (work, "iam/role", armms_params_id (armms_params_new (), &role_id), "role", error);
  if (rows == NULL)
    return NULL;
  role = armms_rows_record (rows, 0, &armms_role_type);
  good = armms_record_update_from_json (&armms_role_type, role, armms_request_get_json (request), error);
  n = role->features != NULL ? g_strv_length (role->features) : 0;
  if (good)
    {
      params = armms_params_integer (armms_params_id (armms_params_new (), &role_id), armms_request_get_version (request));
      changed = armms_work_query (work, "iam/role-change", armms_params_record (params, &armms_role_type, role, "name", "workspace", NULL), error);
      good = changed != NULL;
    }
  if (good && armms_rows_count (changed) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_STALE, "role.stale", "the role has been changed since it was read");
      good = FALSE;
    }
  if (good)
    {
      known = armms_work_query_one (work, "iam/role-features-replace",
                                    armms_params_texts (armms_params_id (armms_params_new (), &role_id), (const char *const *) role->features, n), "role", error);
      good = known != NULL;
    }
  if (good && armms_rows_integer (known, 0, "known") != (gint64) n)
    {
      armms_error_add_field (error, "features", "unknown", "names a feature that does not exist, or one twice");
      good = FALSE;
    }
  armms_record_free (&armms_role_type, role);
  return good ? reply_role (request, 200, &role_id, error) : NULL;
}

static ArmmsReply *
list_features (ArmmsRequest *request, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (armms_request_get_work (request), "iam/features", NULL, error);
  g_autoptr(GPtrArray) features = rows != NULL ? armms_rows_records (rows, &armms_feature_type) : NULL;

  /* a catalogue of some twenty rows: one page whatever the limit */
  return features != NULL ? armms_reply_new_list (&armms_feature_type, features, features->len, "feature", "feature") : NULL;
}

/* Keys */

static ArmmsReply *
list_keys (ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  ArmmsParams *params = armms_params_text (armms_params_new (), armms_request_get_text (request, "kind"));
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) keys = NULL;

  armms_params_text (params, armms_request_get_text (request, "status"));
  armms_page_append_params (page, armms_params_text (params, page->q));
  rows = armms_work_query (armms_request_get_work (request), "iam/keys-page", params, error);
  keys = rows != NULL ? armms_rows_records (rows, &armms_api_key_type) : NULL;
  return keys != NULL ? armms_reply_new_list (&armms_api_key_type, keys, page->limit, "name", "key_id") : NULL;
}

/* The answer holds the secret: nothing of it is kept, so the route has no Idempotency-Key; a key made twice is revoked. */
static ArmmsReply *
create_key (ArmmsRequest *request, GError **error)
{
  ArmmsApiKey *key = armms_request_get_body (request);
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  g_ptr_array_add (keys, key);
  if (!armms_iam_insert_keys (armms_request_get_work (request), keys, error))
    return NULL;
  return armms_reply_new_record (201, &armms_api_key_type, key);
}

static ArmmsReply *
reply_key (ArmmsRequest *request, const ArmmsId *key_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (armms_request_get_work (request), "iam/key", armms_params_id (armms_params_new (), key_id), "key", error);
  ArmmsApiKey *key;
  ArmmsReply *reply;

  if (rows == NULL)
    return NULL;
  key = armms_rows_record (rows, 0, &armms_api_key_type);
  reply = armms_reply_new_record (200, &armms_api_key_type, key);
  armms_reply_set_version (reply, key->version);
  armms_record_free (&armms_api_key_type, key);
  return reply;
}

static ArmmsReply *
get_key (ArmmsRequest *request, GError **error)
{
  ArmmsId key_id;

  return armms_request_get_id (request, "key", &key_id, error) ? reply_key (request, &key_id, error) : NULL;
}

static ArmmsReply *
revoke_key (ArmmsRequest *request, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(ArmmsRows) known = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsId key_id;

  if (!armms_request_get_id (request, "key", &key_id, error))
    return NULL;
  known = armms_work_query_one (work, "iam/key", armms_params_id (armms_params_new (), &key_id), "key", error);
  if (known == NULL)
    return NULL;
  rows = armms_work_query (work, "iam/key-revoke", armms_params_integer (armms_params_id (armms_params_new (), &key_id), armms_request_get_version (request)), error);
  if (rows == NULL)
    return NULL;
  if (armms_rows_count (rows) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_STALE, "key.stale", "the key has been changed since it was read");
      return NULL;
    }
  armms_iam_forget_principal (armms_request_get_service (request, "iam"), &key_id);
  return reply_key (request, &key_id, error);
}

#define SIGN_IN .rate_class = ARMMS_RATE_SIGN_IN, .max_body = 8 * 1024

static const ArmmsRoute routes[] = {
  { .method = "POST", .path = "/v1/auth/login", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN | ARMMS_ROUTE_NO_KEY,
    .request = &armms_sign_in_type, .response = &armms_signed_in_type, .handler = armms_iam_login, .summary = "Sign in", SIGN_IN },
  { .method = "POST", .path = "/v1/auth/refresh", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_OPEN | ARMMS_ROUTE_NO_KEY,
    .request = &armms_token_refresh_type, .response = &armms_signed_in_type, .handler = armms_iam_refresh, .summary = "The next pair of tokens", SIGN_IN },
  { .method = "POST", .path = "/v1/auth/logout", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_NO_KEY | ARMMS_ROUTE_NO_TENANT,
    .handler = armms_iam_logout, .summary = "End the session" },
  { .method = "POST", .path = "/v1/auth/tenant", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_NO_KEY | ARMMS_ROUTE_NO_TENANT,
    .request = &armms_tenant_choice_type, .response = &armms_signed_in_type, .handler = armms_iam_choose_tenant, .summary = "Act in another tenant", SIGN_IN },
  { .method = "GET", .path = "/v1/me", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_NO_TENANT,
    .response = &armms_signed_in_type, .handler = armms_iam_me, .summary = "Who am I, and where" },
  { .method = "POST", .path = "/v1/me/password", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_NO_KEY,
    .request = &armms_password_change_type, .handler = armms_iam_change_own_password, .summary = "Change one's own password", SIGN_IN },

  { .method = "GET", .path = "/v1/users", .scope = "admin:users", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_LIST,
    .response = &armms_user_type, .handler = list_users, .summary = "Users of the tenant" },
  { .method = "POST", .path = "/v1/users", .scope = "admin:users", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_VERSIONED,
    .request = &armms_user_type, .response = &armms_user_type, .handler = create_user, .summary = "Add a user; one who exists becomes a member" },
  { .method = "GET", .path = "/v1/users/{user}", .scope = "admin:users", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_VERSIONED,
    .response = &armms_user_type, .handler = get_user, .summary = "One user" },
  { .method = "PATCH", .path = "/v1/users/{user}", .scope = "admin:users", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_VERSIONED,
    .request = &armms_user_type, .response = &armms_user_type, .handler = change_user, .summary = "Change name, status, roles, limits", .decode = ARMMS_DECODE_CHANGE },
  { .method = "POST", .path = "/v1/users/{user}/password", .scope = "admin:users", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_NO_KEY,
    .request = &armms_password_change_type, .handler = armms_iam_set_password, .summary = "Set a password that must be changed at the next sign-in", SIGN_IN },

  { .method = "GET", .path = "/v1/roles", .scope = "admin:users", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_LIST,
    .response = &armms_role_type, .handler = list_roles, .summary = "Roles of the tenant" },
  { .method = "POST", .path = "/v1/roles", .scope = "admin:users", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_VERSIONED,
    .request = &armms_role_type, .response = &armms_role_type, .handler = create_role, .summary = "Add a role" },
  { .method = "GET", .path = "/v1/roles/{role}", .scope = "admin:users", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_VERSIONED,
    .response = &armms_role_type, .handler = get_role, .summary = "One role" },
  { .method = "PATCH", .path = "/v1/roles/{role}", .scope = "admin:users", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_VERSIONED,
    .request = &armms_role_type, .response = &armms_role_type, .handler = change_role, .summary = "Change name, workspace, features", .decode = ARMMS_DECODE_CHANGE },
  { .method = "GET", .path = "/v1/features", .scope = "admin:users", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_LIST,
    .response = &armms_feature_type, .handler = list_features, .summary = "What roles can be made of" },

  { .method = "GET", .path = "/v1/api-keys", .scope = "admin:devices", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_LIST,
    .response = &armms_api_key_type, .handler = list_keys, .summary = "Keys of devices and programs" },
  { .method = "POST", .path = "/v1/api-keys", .scope = "admin:devices", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_NO_KEY,
    .request = &armms_api_key_type, .response = &armms_api_key_type, .handler = create_key, .summary = "A new key; its secret is answered once" },
  { .method = "GET", .path = "/v1/api-keys/{key}", .scope = "admin:devices", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_VERSIONED,
    .response = &armms_api_key_type, .handler = get_key, .summary = "One key" },
  { .method = "POST", .path = "/v1/api-keys/{key}/revoke", .scope = "admin:devices", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_VERSIONED,
    .response = &armms_api_key_type, .handler = revoke_key, .summary = "Revoke a key" },
  { 0 },
};

const ArmmsRoom armms_iam_room = {
  .name = "iam",
  .schema = "iam",
  .statements = armms_iam_statements,
  .routes = routes,
  .serve = armms_iam_serve,
};
