#include "server/iam/iam-private.h"

#include <string.h>

typedef struct {
  const char *code, *name, *workspace, *features;
} DefaultRole;

static const DefaultRole default_roles[] = {
  { "operations", "Operations", "operations", "people-view roster-view roster-manage time-view inbox" },
  { "timekeeper", "Timekeeper", "timekeeper", "people-view roster-view time-view time-keep inbox" },
  { "payroll-officer", "Payroll officer", "payroll", "people-view roster-view time-view rates-view deductions-manage payroll-view payroll-prepare payroll-close inbox" },
  { "controller", "Controller", "controller", "people-view time-view rates-view rates-approve deductions-view payroll-view payroll-verify inbox audit-view" },
  { "hr-officer", "HR officer", "hr", "people-view people-manage roster-view time-view deductions-view inbox" },
  { "hr-manager", "HR manager", "hr", "people-view people-manage roster-view time-view time-approve deductions-view payroll-view payroll-approve inbox" },
  { "finance-officer", "Finance officer", "finance", "people-view rates-view rates-manage deductions-view payroll-view law-manage inbox" },
  { "employee", "Employee", "self-service", "" },
  { "administrator", "Administrator", "administration", "administration people-view audit-view inbox" },
};

/* Roles */

gboolean
armms_iam_insert_default_roles (ArmmsWork *work, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GPtrArray) codes = g_ptr_array_new ();
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autoptr(GPtrArray) workspaces = g_ptr_array_new ();
  g_autoptr(GPtrArray) owners = g_ptr_array_new ();
  g_autoptr(GPtrArray) features = g_ptr_array_new_with_free_func (g_free);
  ArmmsParams *params = armms_params_new ();
  gboolean good;

  for (gsize i = 0; i < G_N_ELEMENTS (default_roles); i++)
    {
      const DefaultRole *role = &default_roles[i];
      g_auto(GStrv) list = g_strsplit (role->features, " ", -1);
      ArmmsId id = armms_id_new ();

      g_array_append_val (ids, id);
      g_ptr_array_add (codes, (gpointer) role->code);
      g_ptr_array_add (names, (gpointer) role->name);
      g_ptr_array_add (workspaces, (gpointer) role->workspace);
      for (gsize f = 0; list[f] != NULL; f++)
        if (*list[f] != '\0')
          {
            g_ptr_array_add (owners, (gpointer) role->code);
            g_ptr_array_add (features, g_strdup (list[f]));
          }
    }
  armms_params_ids (params, (const ArmmsId *) (gpointer) ids->data, ids->len);
  armms_params_texts (params, (const char *const *) codes->pdata, codes->len);
  armms_params_texts (params, (const char *const *) names->pdata, names->len);
  armms_params_texts (params, (const char *const *) workspaces->pdata, workspaces->len);
  armms_params_texts (params, (const char *const *) owners->pdata, owners->len);
  armms_params_texts (params, (const char *const *) features->pdata, features->len);
  good = armms_work_execute (work, "iam/roles-insert", params, /* ret_count= */ NULL, error);
  return good;
}

static gsize
count_texts (GStrv texts)
{
  return texts != NULL ? g_strv_length (texts) : 0;
}

gboolean
armms_iam_insert_role (ArmmsWork *work, ArmmsRole *role, GError **error)
{
  const char *code = role->code, *name = role->name, *workspace = role->workspace;
  gsize n = count_texts (role->features);
  g_autoptr(GPtrArray) owners = g_ptr_array_new ();
  ArmmsParams *params = armms_params_new ();
  gint64 touched = 0;

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (owners, role->code);
  role->role_id = armms_id_new ();
  armms_params_ids (params, &role->role_id, 1);
  armms_params_texts (params, &code, 1);
  armms_params_texts (params, &name, 1);
  armms_params_texts (params, &workspace, 1);
  armms_params_texts (params, (const char *const *) owners->pdata, n);
  armms_params_texts (params, (const char *const *) role->features, n);
  if (!armms_work_execute (work, "iam/roles-insert", params, &touched, error))
    return FALSE;
  if (n > 0 && touched == 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "role.exists", "there is a role \"%s\" already", role->code);
      return FALSE;
    }
  return TRUE;
}

/* Users */

static gboolean
check_login (const char *login, GError **error)
{
  gsize size = strlen (login);

  if (size >= 2 && size <= 120 && g_ascii_isalnum (*login) && strspn (login, "abcdefghijklmnopqrstuvwxyz0123456789._@+-") == size)
    return TRUE;
  armms_error_add_field (error, "login", "bad_format", "must be small letters, digits and . _ @ + -");
  return FALSE;
}

/* The ids of logins that exist already take the place of new ones. TRUE in @known for those. */
static gboolean
find_known (ArmmsWork *work, const GPtrArray *users, gboolean *known, GError **error)
{
  g_autoptr(GPtrArray) logins = g_ptr_array_new ();
  g_autofree char *csv = NULL;
  g_autoptr(ArmmsRows) rows = NULL;

  for (guint i = 0; i < users->len; i++)
    g_ptr_array_add (logins, ((ArmmsUser *) users->pdata[i])->login);
  g_ptr_array_add (logins, NULL);
  csv = g_strjoinv (",", (char **) logins->pdata);
  if (!armms_work_set_local (work, "app.sign_in_login", csv, error))
    return FALSE;
  rows = armms_work_query (work, "iam/users-of-logins", armms_params_texts (armms_params_new (), (const char *const *) logins->pdata, users->len), error);
  if (rows == NULL)
    return FALSE;
  for (guint row = 0; row < armms_rows_count (rows); row++)
    for (guint i = 0; i < users->len; i++)
      {
        ArmmsUser *user = users->pdata[i];

        if (strcmp (user->login, armms_rows_text (rows, row, "login")) != 0)
          continue;
        user->user_id = armms_rows_id (rows, row, "user_id");
        known[i] = TRUE;
      }
  return TRUE;
}

static gboolean
prepare_user (ArmmsUser *user, gboolean known, char **ret_hash, GError **error)
{
  if (known || user->password == NULL)
    return TRUE;
  if (!armms_password_check_rules (user->password, user->login, "password", error))
    return FALSE;
  *ret_hash = armms_password_hash (user->password, error);
  return *ret_hash != NULL;
}

gboolean
armms_iam_insert_users (ArmmsWork *work, const GPtrArray *users, GError **error)
{
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) codes = g_ptr_array_new ();
  g_autoptr(GArray) owners = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autofree gboolean *known = g_new0 (gboolean, users->len + 1);
  gint64 granted = 0;
  ArmmsParams *params;

  if (users->len == 0)
    return TRUE;
  for (guint i = 0; i < users->len; i++)
    {
      ArmmsUser *user = users->pdata[i];
      char *lower = g_ascii_strdown (user->login, -1);

      g_free (user->login);
      user->login = lower;
      if (!check_login (lower, error))
        return FALSE;
      if (armms_id_is_nil (&user->user_id))
        user->user_id = armms_id_new ();
    }
  if (!find_known (work, users, known, error))
    return FALSE;
  for (guint i = 0; i < users->len; i++)
    {
      ArmmsUser *user = users->pdata[i];
      char *hash = NULL;

      if (!prepare_user (user, known[i], &hash, error))
        return FALSE;
      g_ptr_array_add (hashes, hash);
      g_array_append_val (ids, user->user_id);
      for (gsize r = 0; r < count_texts (user->roles); r++)
        {
          g_array_append_val (owners, user->user_id);
          g_ptr_array_add (codes, user->roles[r]);
        }
    }
  params = armms_params_columns (armms_params_new (), &armms_user_type, users, "user_id", "login", "name", NULL);
  if (!armms_work_execute (work, "iam/users-insert", params, NULL, error)
      || !armms_work_execute (work, "iam/memberships-insert",
                              armms_params_columns (armms_params_new (), &armms_user_type, users, "user_id", "employee_id", NULL), NULL, error))
    return FALSE;
  params = armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) ids->data, ids->len);
  armms_params_texts (params, (const char *const *) hashes->pdata, hashes->len);
  if (!armms_work_execute (work, "iam/credentials-insert", params, NULL, error))
    return FALSE;
  params = armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) owners->data, owners->len);
  armms_params_texts (params, (const char *const *) codes->pdata, codes->len);
  if (!armms_work_execute (work, "iam/user-roles-insert", params, &granted, error))
    return FALSE;
  if (granted < (gint64) owners->len && !known[0])
    {
      armms_error_add_field (error, "roles", "unknown", "names a role that this tenant does not have");
      return FALSE;
    }
  for (guint i = 0; i < users->len; i++)
    {
      ArmmsUser *user = users->pdata[i];

      if (user->detachments != NULL && user->detachments->len > 0
          && !armms_work_execute (work, "iam/user-limits-replace",
                                  armms_params_ids (armms_params_id (armms_params_new (), &user->user_id),
                                                    (const ArmmsId *) (gpointer) user->detachments->data, user->detachments->len), NULL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
armms_iam_replace_roles (ArmmsWork *work, const ArmmsUser *user, GError **error)
{
  gsize n = count_texts (user->roles);
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "iam/user-roles-replace",
                                                    armms_params_texts (armms_params_id (armms_params_new (), &user->user_id),
                                                                        (const char *const *) user->roles, n), "user", error);

  if (rows == NULL)
    return FALSE;
  if (armms_rows_integer (rows, 0, "known") != (gint64) n)
    {
      armms_error_add_field (error, "roles", "unknown", "names a role that this tenant does not have, or one twice");
      return FALSE;
    }
  return armms_work_execute (work, "iam/user-limits-replace",
                             armms_params_ids (armms_params_id (armms_params_new (), &user->user_id),
                                               user->detachments != NULL ? (const ArmmsId *) (gpointer) user->detachments->data : NULL,
                                               user->detachments != NULL ? user->detachments->len : 0), NULL, error);
}

GPtrArray *
armms_iam_load_users (ArmmsWork *work, const ArmmsId *ids, gsize n, GError **error)
{
  ArmmsParams *params = armms_params_new ();
  g_autoptr(ArmmsRows) rows = NULL;

  if (n > 0)
    armms_params_ids (params, ids, n);
  else
    armms_params_null (params);
  rows = armms_work_query (work, "iam/users-of-ids", params, error);
  return rows != NULL ? armms_rows_records (rows, &armms_user_type) : NULL;
}

/* Keys */

static gboolean
check_scopes (ArmmsWork *work, const ArmmsApiKey *key, GError **error)
{
  gsize n = count_texts (key->scopes);
  g_autoptr(ArmmsRows) rows = NULL;

  if (g_strcmp0 (key->kind, "DEVICE") == 0)
    {
      if (n == 0 || (n == 1 && strcmp (key->scopes[0], "clock-events:send") == 0))
        return TRUE;
      armms_error_add_field (error, "scopes", "unknown", "a device can only have clock-events:send");
      return FALSE;
    }
  rows = armms_work_query_one (work, "iam/scopes-known", armms_params_texts (armms_params_new (), (const char *const *) key->scopes, n), "scope", error);
  if (rows == NULL)
    return FALSE;
  if (n > 0 && armms_rows_integer (rows, 0, "known") == (gint64) n)
    return TRUE;
  armms_error_add_field (error, "scopes", n == 0 ? "required" : "unknown", "must name scopes of the catalogue");
  return FALSE;
}

gboolean
armms_iam_insert_keys (ArmmsWork *work, const GPtrArray *keys, GError **error)
{
  static const char *const device_scopes[] = { "clock-events:send", NULL };
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  ArmmsParams *params;

  for (guint i = 0; i < keys->len; i++)
    {
      ArmmsApiKey *key = keys->pdata[i];

      if (!check_scopes (work, key, error))
        return FALSE;
      if (count_texts (key->scopes) == 0)
        {
          g_strfreev (key->scopes);
          key->scopes = g_strdupv ((char **) device_scopes);
        }
      key->key_id = armms_id_new ();
      g_free (key->secret);
      key->secret = armms_secret_new ();
      g_free (key->status);
      key->status = g_strdup ("ACTIVE");
      key->version = 1;
      g_ptr_array_add (hashes, armms_secret_hash (key->secret));
      g_ptr_array_add (scopes, g_strjoinv (" ", key->scopes));
    }
  params = armms_params_columns (armms_params_new (), &armms_api_key_type, keys, "key_id", "kind", "name", "device_id", "expires_on", NULL);
  armms_params_bytes_array (params, (GBytes *const *) hashes->pdata, hashes->len);
  armms_params_texts (params, (const char *const *) scopes->pdata, scopes->len);
  return armms_work_execute (work, "iam/keys-insert", params, NULL, error);
}
