#include "server/tenant/tenant-private.h"

static ArmmsReply *
get_tenant (ArmmsRequest *request, GError **error)
{
  ArmmsTenant *tenant = armms_tenant_load (armms_request_get_work (request), error);
  ArmmsReply *reply;

  if (tenant == NULL)
    return NULL;
  reply = armms_reply_new_record (200, &armms_tenant_type, tenant);
  armms_reply_set_version (reply, tenant->version);
  armms_record_free (&armms_tenant_type, tenant);
  return reply;
}

/* {"items": [the one]}: a token acts in one tenant; the others are listed by /v1/me. */
static ArmmsReply *
list_tenants (ArmmsRequest *request, GError **error)
{
  ArmmsTenant *tenant = armms_tenant_load (armms_request_get_work (request), error);
  g_autoptr(GPtrArray) tenants = armms_records_new (&armms_tenant_type);

  if (tenant == NULL)
    return NULL;
  g_ptr_array_add (tenants, tenant);
  return armms_reply_new_list (&armms_tenant_type, tenants, armms_request_get_page (request)->limit, "name", "tenant_id");
}

static ArmmsReply *
reply_settings (ArmmsRequest *request, GError **error)
{
  const ArmmsTenantSettings *settings = armms_tenant_get_settings (armms_request_get_work (request), error);
  ArmmsReply *reply;

  if (settings == NULL)
    return NULL;
  reply = armms_reply_new_record (200, &armms_tenant_settings_type, settings);
  armms_reply_set_version (reply, settings->version);
  return reply;
}

static gboolean
need_version (ArmmsRequest *request, GError **error)
{
  if (armms_request_get_version (request) > 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_PRECONDITION_REQUIRED, "request.if_match", "send If-Match with the version that was read");
  return FALSE;
}

static ArmmsReply *
change_settings (ArmmsRequest *request, GError **error)
{
  if (!need_version (request, error))
    return NULL;
  /* The decoded body has said that every member fits; which ones were named only the JSON knows. */
  if (!armms_tenant_store_settings (armms_request_get_work (request), armms_request_get_json (request), armms_request_get_version (request), error))
    return NULL;
  return reply_settings (request, error);
}

static ArmmsReply *
reply_branding (ArmmsRequest *request, GError **error)
{
  ArmmsBranding *branding = armms_tenant_get_branding (armms_request_get_work (request), /* ret_logo= */ NULL, error);
  ArmmsReply *reply;

  if (branding == NULL)
    return NULL;
  reply = armms_reply_new_record (200, &armms_branding_type, branding);
  armms_reply_set_version (reply, branding->version);
  armms_record_free (&armms_branding_type, branding);
  return reply;
}

static ArmmsReply *
change_branding (ArmmsRequest *request, GError **error)
{
  if (!need_version (request, error))
    return NULL;
  if (!armms_tenant_store_branding (armms_request_get_work (request), armms_request_get_body (request), armms_request_get_version (request), error))
    return NULL;
  return reply_branding (request, error);
}

static ArmmsReply *
get_logo (ArmmsRequest *request, GError **error)
{
  g_autoptr(GBytes) logo = NULL;
  ArmmsBranding *branding = armms_tenant_get_branding (armms_request_get_work (request), &logo, error);
  ArmmsReply *reply = NULL;

  if (branding == NULL)
    return NULL;
  if (logo == NULL)
    armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "branding.no_logo", "this tenant has no logo");
  else
    {
      reply = armms_reply_new_bytes (200, branding->logo_type, logo, /* file_name= */ NULL);
      armms_reply_set_header (reply, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    }
  armms_record_free (&armms_branding_type, branding);
  return reply;
}

static ArmmsReply *
put_logo (ArmmsRequest *request, GError **error)
{
  if (!armms_tenant_set_logo (armms_request_get_work (request), armms_request_get_header (request, "Content-Type"),
                              armms_request_get_bytes (request), error))
    return NULL;
  return reply_branding (request, error);
}

static const ArmmsRoute routes[] = {
  { .method = "GET", .path = "/v1/tenants", .scope = NULL, .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_LIST,
    .response = &armms_tenant_type, .handler = list_tenants, .summary = "The tenant of the token, as a list" },
  { .method = "GET", .path = "/v1/tenant", .scope = NULL, .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_VERSIONED,
    .response = &armms_tenant_type, .handler = get_tenant, .summary = "The tenant of the token" },
  { .method = "GET", .path = "/v1/settings", .scope = "tenant:read", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_VERSIONED,
    .response = &armms_tenant_settings_type, .handler = reply_settings, .summary = "How the tenant wants its rules applied" },
  { .method = "PATCH", .path = "/v1/settings", .scope = "admin:settings", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_VERSIONED,
    .request = &armms_tenant_settings_type, .response = &armms_tenant_settings_type, .handler = change_settings,
    .summary = "Change settings", .decode = ARMMS_DECODE_CHANGE },
  { .method = "GET", .path = "/v1/branding", .scope = "tenant:read", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_VERSIONED,
    .response = &armms_branding_type, .handler = reply_branding, .summary = "Name, address and colour on documents" },
  { .method = "PUT", .path = "/v1/branding", .scope = "admin:settings", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_VERSIONED,
    .request = &armms_branding_type, .response = &armms_branding_type, .handler = change_branding, .summary = "Change them" },
  { .method = "GET", .path = "/v1/branding/logo", .scope = NULL, .access = ARMMS_ACCESS_READ, .handler = get_logo, .summary = "The logo" },
  { .method = "PUT", .path = "/v1/branding/logo", .scope = "admin:settings", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_RAW,
    .response = &armms_branding_type, .handler = put_logo, .summary = "A new logo: PNG, or SVG that only draws", .max_body = 512 * 1024 },
  { 0 },
};

const ArmmsRoom armms_tenant_room = {
  .name = "tenant",
  .schema = "tenant",
  .statements = armms_tenant_statements,
  .routes = routes,
};
