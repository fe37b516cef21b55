#include "server/statutory/law/law-files.h"
#include "server/statutory/settings.h"
#include "server/statutory/statutory-private.h"
#include "server/tenant/tenant.h"

static GArray *
read_contributions (ArmmsRows *rows)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsContributionRow), armms_rows_count (rows));

  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsContributionRow row = {
        .from = armms_rows_date (rows, i, "valid_from"),
        .to = armms_rows_date (rows, i, "valid_to"),
        .row = (gint32) armms_rows_integer (rows, i, "row_no"),
        .at_least = armms_rows_integer (rows, i, "at_least_centavos"),
        .below = armms_rows_is_null (rows, i, "not_over_centavos") ? G_MAXINT64 : armms_rows_integer (rows, i, "not_over_centavos") + 1,
        .credit = armms_rows_money (rows, i, "credit_centavos"),
        .employee = armms_rows_money (rows, i, "employee_centavos"),
        .employee_mpf = armms_rows_money (rows, i, "employee_mpf_centavos"),
        .employer = armms_rows_money (rows, i, "employer_centavos"),
        .employer_mpf = armms_rows_money (rows, i, "employer_mpf_centavos"),
        .employer_ec = armms_rows_money (rows, i, "employer_ec_centavos"),
        .employee_rate = { armms_rows_integer (rows, i, "employee_rate") },
        .employer_rate = { armms_rows_integer (rows, i, "employer_rate") },
        .floor = armms_rows_money (rows, i, "base_floor_centavos"),
        .ceiling = armms_rows_money (rows, i, "base_ceiling_centavos"),
        .source = g_intern_string (armms_rows_text (rows, i, "source")),
      };

      if (armms_scheme_parse (armms_rows_text (rows, i, "scheme"), &row.scheme))
        g_array_append_val (array, row);
    }
  return array;
}

static GArray *
read_taxes (ArmmsRows *rows)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsTaxRow), armms_rows_count (rows));

  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsTaxRow row = {
        .from = armms_rows_date (rows, i, "valid_from"),
        .to = armms_rows_date (rows, i, "valid_to"),
        .row = (gint32) armms_rows_integer (rows, i, "row_no"),
        .over = armms_rows_money (rows, i, "over_centavos"),
        .base = armms_rows_money (rows, i, "base_tax_centavos"),
        .rate = { armms_rows_integer (rows, i, "rate") },
        .source = g_intern_string (armms_rows_text (rows, i, "source")),
      };

      if (armms_tax_period_parse (armms_rows_text (rows, i, "period"), &row.period))
        g_array_append_val (array, row);
    }
  return array;
}

static GArray *
read_wages (ArmmsRows *rows)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsMinimumWageRow), armms_rows_count (rows));

  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsMinimumWageRow row = {
        .region = g_intern_string (armms_rows_text (rows, i, "region")),
        .area = g_intern_string (armms_rows_text (rows, i, "area")),
        .sector = g_intern_string (armms_rows_text (rows, i, "sector")),
        .daily = armms_rows_money (rows, i, "daily_centavos"),
        .cola = armms_rows_money (rows, i, "cola_centavos"),
        .from = armms_rows_date (rows, i, "valid_from"),
        .to = armms_rows_date (rows, i, "valid_to"),
        .in_force = armms_rows_boolean (rows, i, "in_force"),
        .order = g_intern_string (armms_rows_text (rows, i, "wage_order")),
        .confidence = g_intern_string (armms_rows_text (rows, i, "confidence")),
        .source = g_intern_string (armms_rows_text (rows, i, "source")),
        .row = (gint32) armms_rows_integer (rows, i, "row_no"),
      };

      g_array_append_val (array, row);
    }
  return array;
}

static GArray *
read_de_minimis (ArmmsRows *rows)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsDeMinimisRow), armms_rows_count (rows));

  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsDeMinimisRow row = {
        .benefit = g_intern_string (armms_rows_text (rows, i, "benefit")),
        .per = g_intern_string (armms_rows_text (rows, i, "per")),
        .ceiling = armms_rows_money (rows, i, "ceiling_centavos"),
        .of_minimum_wage = { armms_rows_integer (rows, i, "of_minimum_wage") },
        .days = { armms_rows_integer (rows, i, "ceiling_days") },
        .from = armms_rows_date (rows, i, "valid_from"),
        .to = armms_rows_date (rows, i, "valid_to"),
        .source = g_intern_string (armms_rows_text (rows, i, "source")),
        .row = (gint32) armms_rows_integer (rows, i, "row_no"),
      };

      g_array_append_val (array, row);
    }
  return array;
}

GArray *
armms_statutory_load_limits (ArmmsWork *work, ArmmsDate on_date, GError **error)
{
  ArmmsParams *params = armms_params_date (armms_params_new (), on_date);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "statutory/limits-in-force", params, error);
  GArray *array;

  if (rows == NULL)
    return NULL;
  array = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsLimitRow), armms_rows_count (rows));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsLimitRow row = {
        .name = g_intern_string (armms_rows_text (rows, i, "name")),
        .value = armms_rows_integer (rows, i, "value"),
        .from = armms_rows_date (rows, i, "valid_from"),
        .to = armms_rows_date (rows, i, "valid_to"),
        .source = g_intern_string (armms_rows_text (rows, i, "source")),
        .row = (gint32) armms_rows_integer (rows, i, "row_no"),
      };

      if (armms_limit_unit_parse (armms_rows_text (rows, i, "unit"), &row.unit))
        g_array_append_val (array, row);
    }
  return array;
}

static ArmmsRows *
query_in_force (ArmmsWork *work, const char *statement, ArmmsDate on_date, GError **error)
{
  return armms_work_query (work, statement, armms_params_date (armms_params_new (), on_date), error);
}

/* Over @settings as they stand. */
static gboolean
load_settings (ArmmsWork *work, ArmmsStatutorySettings *settings, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "statutory/settings", NULL, error);
  g_autoptr(GError) wrong = NULL;
  const ArmmsTenantSettings *tenant;

  if (rows == NULL)
    return FALSE;
  tenant = armms_tenant_get_settings (work, &wrong);
  if (tenant != NULL)
    armms_statutory_settings_follow (settings, tenant);
  else if (!g_error_matches (wrong, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  for (guint i = 0; i < armms_rows_count (rows); i++)
    if (!armms_statutory_settings_set (settings, armms_rows_text (rows, i, "key"), armms_rows_text (rows, i, "value"), error))
      return FALSE;
  return TRUE;
}

gboolean
armms_statutory_load_choices (ArmmsWork *work, ArmmsStatutorySettings *ret_settings, GError **error)
{
  armms_statutory_settings_init (ret_settings);
  return load_settings (work, ret_settings, error);
}

ArmmsStatutoryTables *
armms_statutory_load_tables (ArmmsWork *work, ArmmsDate on_date, GError **error)
{
  g_autoptr(ArmmsRows) contributions = query_in_force (work, "statutory/contribution-rows-in-force", on_date, error);
  g_autoptr(ArmmsRows) taxes = NULL;
  g_autoptr(ArmmsRows) wages = NULL;
  g_autoptr(ArmmsRows) de_minimis = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = NULL;
  g_autoptr(ArmmsLawFiles) law = g_new0 (ArmmsLawFiles, 1);

  if (contributions == NULL)
    return NULL;
  taxes = query_in_force (work, "statutory/tax-brackets-in-force", on_date, error);
  if (taxes == NULL)
    return NULL;
  wages = query_in_force (work, "statutory/minimum-wages-in-force", on_date, error);
  if (wages == NULL)
    return NULL;
  de_minimis = query_in_force (work, "statutory/de-minimis-in-force", on_date, error);
  if (de_minimis == NULL)
    return NULL;
  law->limits = armms_statutory_load_limits (work, on_date, error);
  if (law->limits == NULL)
    return NULL;
  law->contributions = read_contributions (contributions);
  law->taxes = read_taxes (taxes);
  law->wages = read_wages (wages);
  law->de_minimis = read_de_minimis (de_minimis);
  tables = armms_statutory_tables_new (law);
  if (!load_settings (work, &tables->settings, error))
    return NULL;
  return g_steal_pointer (&tables);
}
