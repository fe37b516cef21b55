#include "server/statutory/statutory-private.h"
#include "server/statutory/import-private.h"
#include "server/statutory/settings.h"

#include "common/wire/events/payrun-closed.h"

static gpointer
load_head (ArmmsWork *work, const char *statement, const char *what, const ArmmsRecordType *type, const ArmmsId *id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, statement, armms_params_id (armms_params_new (), id), what, error);

  return rows != NULL ? armms_rows_record (rows, 0, type) : NULL;
}

static GPtrArray *
load_rows (ArmmsWork *work, const char *statement, const ArmmsRecordType *type, const ArmmsId *id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, statement, armms_params_id (armms_params_new (), id), error);

  return rows != NULL ? armms_rows_records (rows, type) : NULL;
}

ArmmsContributionTableRecord *
armms_statutory_load_contribution_table (ArmmsWork *work, const ArmmsId *id, GError **error)
{
  ArmmsContributionTableRecord *table = load_head (work, "statutory/contribution-table-by-id", "contribution_table",
                                                   &armms_contribution_table_type, id, error);

  if (table == NULL)
    return NULL;
  table->rows = load_rows (work, "statutory/contribution-table-rows", &armms_contribution_table_row_type, id, error);
  if (table->rows == NULL)
    {
      armms_record_free (&armms_contribution_table_type, table);
      return NULL;
    }
  return table;
}

ArmmsTaxTableRecord *
armms_statutory_load_tax_table (ArmmsWork *work, const ArmmsId *id, GError **error)
{
  ArmmsTaxTableRecord *table = load_head (work, "statutory/tax-table-by-id", "tax_table", &armms_tax_table_type, id, error);

  if (table == NULL)
    return NULL;
  table->rows = load_rows (work, "statutory/tax-table-rows", &armms_tax_bracket_type, id, error);
  if (table->rows == NULL)
    {
      armms_record_free (&armms_tax_table_type, table);
      return NULL;
    }
  return table;
}

static const char *
find_chosen (ArmmsRows *rows, const char *key)
{
  for (guint i = 0; i < armms_rows_count (rows); i++)
    if (g_str_equal (armms_rows_text (rows, i, "key"), key))
      return armms_rows_text (rows, i, "value");
  return NULL;
}

/* What stands while the tenant has not chosen; nothing where the law was never loaded. (transfer full) */
static char *
fallback_of (const ArmmsStatutorySetting *setting, const GArray *limits)
{
  if (setting->fallback != NULL)
    return g_strdup (setting->fallback);
  for (guint i = 0; i < limits->len; i++)
    if (g_strcmp0 (g_array_index (limits, ArmmsLimitRow, i).name, setting->limit) == 0)
      return armms_statutory_setting_format_limit (&g_array_index (limits, ArmmsLimitRow, i));
  return g_strdup ("");
}

GPtrArray *
armms_statutory_load_settings (ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "statutory/settings", NULL, error);
  g_autoptr(GArray) limits = rows != NULL ? armms_statutory_load_limits (work, armms_import_today (work), error) : NULL;
  GPtrArray *records;

  if (limits == NULL)
    return NULL;
  records = armms_records_new (&armms_statutory_setting_type);
  for (const ArmmsStatutorySetting *setting = armms_statutory_settings; setting->key != NULL; setting++)
    {
      ArmmsStatutorySettingRecord *record = armms_record_new (&armms_statutory_setting_type);
      const char *chosen = find_chosen (rows, setting->key);

      record->key = g_strdup (setting->key);
      record->fallback = fallback_of (setting, limits);
      record->value = g_strdup (chosen != NULL ? chosen : record->fallback);
      record->chosen = chosen != NULL;
      record->about = g_strdup (setting->about);
      g_ptr_array_add (records, record);
    }
  return records;
}

gboolean
armms_statutory_change_setting (ArmmsWork *work, const char *key, const char *value, GError **error)
{
  ArmmsStatutorySettings settings;
  ArmmsParams *params;

  armms_statutory_settings_init (&settings);
  if (!armms_statutory_settings_set (&settings, key, value, error))
    return FALSE;
  params = armms_params_text (armms_params_text (armms_params_new (), key), value);
  return armms_work_execute (work, "statutory/setting-put", params, NULL, error);
}

static const ArmmsSubscription subscriptions[] = {
  { "statutory.payruns", "payroll", "gov", ARMMS_EVENT_PAYRUN_CLOSED, armms_statutory_on_payrun_closed },
  { NULL },
};

/* Nothing was stored, so nothing is undone. */
static gboolean
on_waiver_rejected (ArmmsWork *work, const ArmmsId *schedule_id, const char *change_json, const char *reason, GError **error)
{
  return TRUE;
}

static const ArmmsApprovalSubject subjects[] = {
  { ARMMS_STATUTORY_WAIVER_SUBJECT, "payroll:waive", NULL, "payroll:approve", armms_statutory_on_waiver_approved, on_waiver_rejected },
  { NULL },
};

const ArmmsRoom armms_statutory_room = {
  .name = "statutory",
  .schema = "gov",
  .statements = armms_statutory_statements,
  .routes = armms_statutory_routes,
  .subscriptions = subscriptions,
  .subjects = subjects,
};
