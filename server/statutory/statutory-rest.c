/* The calls of this room: decode, one use case, encode. */
#include "server/statutory/statutory-private.h"

#include "server/platform/resource/resource.h"

#include <libsoup/soup.h>
#include <string.h>

static const ArmmsResource contribution_tables = {
  .type = &armms_contribution_table_type, .what = "contribution_table", .id_field = "contribution_table_id", .default_sort = "valid_from",
  .page = "statutory/contribution-table-page", .filters = (const char *const[]) { "scheme", NULL },
};

static const ArmmsResource tax_tables = {
  .type = &armms_tax_table_type, .what = "tax_table", .id_field = "tax_table_id", .default_sort = "valid_from",
  .page = "statutory/tax-table-page", .filters = (const char *const[]) { "period", NULL },
};

static const ArmmsResource schedules = {
  .type = &armms_statutory_schedule_type, .what = "statutory_schedule", .id_field = "schedule_id", .default_sort = "month",
  .page = "statutory/schedules-page", .filters = (const char *const[]) { "employee_id", "month", "scheme", "status", NULL },
};

static ArmmsReply *
list_schedules (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&schedules, request, error);
}

/* 202: the share is waived when somebody else has approved it. */
static ArmmsReply *
create_waiver (ArmmsRequest *request, GError **error)
{
  ArmmsStatutoryWaiver *waiver = armms_record_copy (&armms_statutory_waiver_type, armms_request_get_body (request));
  ArmmsReply *reply = NULL;

  if (armms_statutory_ask_waiver (armms_request_get_work (request), waiver, error))
    reply = armms_reply_new_record (SOUP_STATUS_ACCEPTED, &armms_statutory_waiver_type, waiver);
  armms_record_free (&armms_statutory_waiver_type, waiver);
  return reply;
}

static ArmmsReply *
list_contribution_tables (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&contribution_tables, request, error);
}

static ArmmsReply *
list_tax_tables (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&tax_tables, request, error);
}

static ArmmsReply *
get_contribution_table (ArmmsRequest *request, GError **error)
{
  ArmmsContributionTableRecord *table;
  ArmmsReply *reply;
  ArmmsId id;

  if (!armms_request_get_id (request, "contribution_table", &id, error))
    return NULL;
  table = armms_statutory_load_contribution_table (armms_request_get_work (request), &id, error);
  if (table == NULL)
    return NULL;
  reply = armms_reply_new_record (SOUP_STATUS_OK, &armms_contribution_table_type, table);
  armms_record_free (&armms_contribution_table_type, table);
  return reply;
}

static ArmmsReply *
get_tax_table (ArmmsRequest *request, GError **error)
{
  ArmmsTaxTableRecord *table;
  ArmmsReply *reply;
  ArmmsId id;

  if (!armms_request_get_id (request, "tax_table", &id, error))
    return NULL;
  table = armms_statutory_load_tax_table (armms_request_get_work (request), &id, error);
  if (table == NULL)
    return NULL;
  reply = armms_reply_new_record (SOUP_STATUS_OK, &armms_tax_table_type, table);
  armms_record_free (&armms_tax_table_type, table);
  return reply;
}

/* Fewer than fit on a page: all of them at once. */
static ArmmsReply *
list_settings (ArmmsRequest *request, GError **error)
{
  g_autoptr(GPtrArray) settings = armms_statutory_load_settings (armms_request_get_work (request), error);

  if (settings == NULL)
    return NULL;
  return armms_reply_new_list (&armms_statutory_setting_type, settings, settings->len, "key", "key");
}

static ArmmsReply *
put_setting (ArmmsRequest *request, GError **error)
{
  const char *key = armms_request_get_path_text (request, "key");
  const ArmmsStatutorySettingRecord *wanted = armms_request_get_body (request);
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(GPtrArray) settings = NULL;

  if (!armms_statutory_change_setting (work, key, wanted->value, error))
    return NULL;
  settings = armms_statutory_load_settings (work, error);
  for (guint i = 0; settings != NULL && i < settings->len; i++)
    {
      const ArmmsStatutorySettingRecord *setting = settings->pdata[i];

      if (strcmp (setting->key, key) == 0)
        return armms_reply_new_record (SOUP_STATUS_OK, &armms_statutory_setting_type, setting);
    }
  return NULL;
}

const ArmmsRoute armms_statutory_routes[] = {
  { "GET", "/v1/contribution-tables", "statutory:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_contribution_table_type,
    list_contribution_tables, "Contribution tables of SSS, PhilHealth and HDMF, by date" },
  { "GET", "/v1/contribution-tables/{contribution_table}", "statutory:read", ARMMS_ACCESS_READ, 0, NULL, &armms_contribution_table_type,
    get_contribution_table, "One contribution table with its rows" },
  { "GET", "/v1/tax-tables", "statutory:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_tax_table_type,
    list_tax_tables, "Withholding tax tables, by pay period and date" },
  { "GET", "/v1/tax-tables/{tax_table}", "statutory:read", ARMMS_ACCESS_READ, 0, NULL, &armms_tax_table_type,
    get_tax_table, "One tax table with its brackets" },
  { "GET", "/v1/statutory-schedules", "statutory:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_statutory_schedule_type,
    list_schedules, "Contributions per employee and month: owed to the fund, taken from pay, and the difference" },
  { "POST", "/v1/statutory-waivers", "payroll:waive", ARMMS_ACCESS_WRITE, 0, &armms_statutory_waiver_type, &armms_statutory_waiver_type,
    create_waiver, "Ask not to take an employee share this month; the agency remits it all the same" },
  { "GET", "/v1/statutory-settings", "statutory:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_statutory_setting_type,
    list_settings, "What the law or the client leaves open, and what the tenant has chosen" },
  { "PUT", "/v1/statutory-settings/{key}", "statutory:update", ARMMS_ACCESS_WRITE, 0, &armms_statutory_setting_type, &armms_statutory_setting_type,
    put_setting, "Choose" },
  { NULL },
};
