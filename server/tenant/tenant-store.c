#include "server/tenant/tenant.h"
#include "server/tenant/tenant-private.h"

#include <string.h>

#define SETTINGS_KEY "tenant.settings"
#define MAX_LOGO (512 * 1024)

GPtrArray *
armms_tenant_load_named (ArmmsWork *work, const ArmmsId *tenants, gsize n, GError **error)
{
  g_autoptr(GString) csv = g_string_new (NULL);
  g_autoptr(ArmmsRows) rows = NULL;
  char id[ARMMS_ID_TEXT_SIZE];

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (csv, "%s%s", i > 0 ? "," : "", armms_id_format (&tenants[i], id));
  if (!armms_work_set_local (work, "app.sign_in_tenants", csv->str, error))
    return NULL;
  rows = armms_work_query (work, "tenant/tenants-named", armms_params_ids (armms_params_new (), tenants, n), error);
  return rows != NULL ? armms_rows_records (rows, &armms_tenant_type) : NULL;
}

ArmmsTenant *
armms_tenant_load (ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "tenant/tenant-current", NULL, "tenant", error);

  return rows != NULL ? armms_rows_record (rows, 0, &armms_tenant_type) : NULL;
}

gboolean
armms_tenant_insert (ArmmsWork *work, const ArmmsTenant *tenant, GError **error)
{
  ArmmsParams *params = armms_params_record (armms_params_new (), &armms_tenant_type, tenant, "tenant_id", "code", "name", NULL);

  return armms_work_execute (work, "tenant/tenant-insert", params, /* ret_count= */ NULL, error);
}

/* Settings */

/* {"key": value, ...} of the rows: decoded over the defaults by the one field table. */
static JsonNode *
settings_node (ArmmsRows *rows)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint row = 0; row < armms_rows_count (rows); row++)
    {
      const char *key = armms_rows_text (rows, row, "key");
      /* a bare value is not a document everywhere: read it inside an array */
      g_autofree char *text = key != NULL ? g_strdup_printf ("[%s]", armms_rows_text (rows, row, "value")) : NULL;
      g_autoptr(JsonNode) value = text != NULL ? json_from_string (text, NULL) : NULL;

      if (value != NULL && armms_record_type_find (&armms_tenant_settings_type, key) != NULL)
        json_object_set_member (object, key, json_array_dup_element (json_node_get_array (value), 0));
    }
  json_node_take_object (node, object);
  return node;
}

const ArmmsTenantSettings *
armms_tenant_get_settings (ArmmsWork *work, GError **error)
{
  ArmmsTenantSettings *known = armms_work_get_data (work, SETTINGS_KEY);
  g_autoptr(ArmmsTenantSettings) settings = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (known != NULL)
    return known;
  rows = armms_work_query_one (work, "tenant/settings", NULL, "tenant", error);
  if (rows == NULL)
    return NULL;
  node = settings_node (rows);
  settings = armms_tenant_settings_new ();
  if (!armms_record_update_from_json (&armms_tenant_settings_type, settings, node, error))
    {
      g_prefix_error (error, "reading the tenant's settings: ");
      return NULL;
    }
  settings->version = armms_rows_integer (rows, 0, "version");
  known = g_steal_pointer (&settings);
  armms_work_set_data (work, SETTINGS_KEY, known, (GDestroyNotify) armms_tenant_settings_free);
  return known;
}

static gboolean
check_settings (const ArmmsTenantSettings *settings, GError **error)
{
  ArmmsZone *zone = armms_zone_new (settings->time_zone);

  if (zone == NULL)
    armms_error_add_field (error, "time_zone", "unknown", "is no time zone that this server knows");
  armms_zone_free (zone);
  return zone != NULL;
}

gboolean
armms_tenant_store_settings (ArmmsWork *work, JsonNode *change, gint64 version, GError **error)
{
  const ArmmsTenantSettings *now = armms_tenant_get_settings (work, error);
  g_autoptr(ArmmsTenantSettings) next = NULL;
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GList) names = NULL;
  JsonObject *object;

  if (now == NULL)
    return FALSE;
  next = armms_record_copy (&armms_tenant_settings_type, now);
  if (!armms_record_update_from_json (&armms_tenant_settings_type, next, change, error) || !check_settings (next, error))
    return FALSE;
  object = json_node_get_object (change);
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_ptr_array_add (keys, l->data);
      g_ptr_array_add (values, json_to_string (json_object_get_member (object, l->data), FALSE));
    }
  rows = armms_work_query (work, "tenant/version-raise", version > 0 ? armms_params_integer (armms_params_new (), version) : armms_params_null (armms_params_new ()), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_STALE, "tenant.stale", "the settings have been changed since they were read");
      return FALSE;
    }
  armms_work_set_data (work, SETTINGS_KEY, NULL, NULL);
  if (keys->len == 0)
    return TRUE;
  return armms_work_execute (work, "tenant/settings-store",
                             armms_params_jsons (armms_params_texts (armms_params_new (), (const char *const *) keys->pdata, keys->len),
                                                 (const char *const *) values->pdata, values->len),
                             /* ret_count= */ NULL, error);
}

gboolean
armms_tenant_change_settings (ArmmsWork *work, const char *json, GError **error)
{
  g_autoptr(JsonNode) node = json_from_string (json, error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_clear_error (error);
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "tenant.settings", "settings must be a JSON object");
      return FALSE;
    }
  return armms_tenant_store_settings (work, node, /* version= */ 0, error);
}

/* Branding */

ArmmsBranding *
armms_tenant_get_branding (ArmmsWork *work, GBytes **ret_logo, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "tenant/branding", NULL, "tenant", error);

  if (rows == NULL)
    return NULL;
  if (ret_logo != NULL)
    *ret_logo = armms_rows_bytes (rows, 0, "logo");
  return armms_rows_record (rows, 0, &armms_branding_type);
}

static gboolean
is_colour (const char *text)
{
  return text == NULL || (strlen (text) == 7 && *text == '#' && strspn (text + 1, "0123456789abcdef") == 6);
}

gboolean
armms_tenant_store_branding (ArmmsWork *work, const ArmmsBranding *branding, gint64 version, GError **error)
{
  ArmmsParams *params;
  g_autoptr(ArmmsRows) rows = NULL;

  if (!is_colour (branding->accent_colour))
    {
      armms_error_add_field (error, "accent_colour", "bad_format", "must be \"#\" and six small hexadecimal digits");
      return FALSE;
    }
  params = armms_params_record (armms_params_new (), &armms_branding_type, branding, "legal_name", "address", "accent_colour", NULL);
  if (version > 0)
    armms_params_integer (params, version);
  else
    armms_params_null (params);
  rows = armms_work_query (work, "tenant/branding-store", params, error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_STALE, "branding.stale", "the branding has been changed since it was read");
      return FALSE;
    }
  return TRUE;
}

gboolean
armms_tenant_set_branding (ArmmsWork *work, const ArmmsBranding *branding, GError **error)
{
  return armms_tenant_store_branding (work, branding, /* version= */ 0, error);
}

/* An SVG is a document that can do things; a logo only draws. */
static gboolean
is_harmless_svg (const char *text, gsize size)
{
  static const char *const forbidden[] = { "<script", "<!ENTITY", "<!DOCTYPE", "<foreignObject", "javascript:", "onload", "onclick", "href=\"http", "<iframe" };
  g_autofree char *lower = g_ascii_strdown (text, (gssize) size);

  if (!g_utf8_validate (text, (gssize) size, NULL) || strstr (lower, "<svg") == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_autofree char *word = g_ascii_strdown (forbidden[i], -1);

      if (strstr (lower, word) != NULL)
        return FALSE;
    }
  return TRUE;
}

gboolean
armms_tenant_set_logo (ArmmsWork *work, const char *type, GBytes *logo, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (logo, &size);
  g_autofree char *text = g_strndup (bytes, MIN (size, MAX_LOGO));
  gboolean good;

  if (size == 0 || size > MAX_LOGO)
    {
      armms_error_set (error, ARMMS_ERROR_TOO_LARGE, "branding.logo_size", "a logo has at most 512 KiB");
      return FALSE;
    }
  good = (g_strcmp0 (type, "image/png") == 0 && size > 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
         || (g_strcmp0 (type, "image/svg+xml") == 0 && strlen (text) == size && is_harmless_svg (text, size));
  if (!good)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "branding.logo_type", "a logo is a PNG, or an SVG that only draws");
      return FALSE;
    }
  return armms_work_execute (work, "tenant/logo-store", armms_params_text (armms_params_bytes (armms_params_new (), logo), type), NULL, error);
}
