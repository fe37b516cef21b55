#include "server/statutory/settings.h"

#include <string.h>

#define PERCENT_MAX_BP 10000

static gboolean
parse_flag (const char *value, gboolean *ret_flag)
{
  *ret_flag = strcmp (value, "true") == 0;
  return *ret_flag || strcmp (value, "false") == 0;
}

static gboolean
parse_amount (const char *value, ArmmsMoney *ret_amount)
{
  return armms_money_parse (value, ret_amount) && ret_amount->centavos >= 0;
}

static gboolean
parse_percent (const char *value, gint32 *ret_bp)
{
  gint64 bp;

  if (!g_ascii_string_to_signed (value, 10, 0, PERCENT_MAX_BP, &bp, NULL))
    return FALSE;
  *ret_bp = (gint32) bp;
  return TRUE;
}

static gboolean
set_tax_method (ArmmsStatutorySettings *settings, const char *value)
{
  return armms_tax_method_parse (value, &settings->tax_method) && settings->tax_method != ARMMS_TAX_METHOD_ANNUALISED;
}

static gboolean
set_premiums_are_supplementary (ArmmsStatutorySettings *settings, const char *value)
{
  return parse_flag (value, &settings->premiums_are_supplementary);
}

static gboolean
set_equivalent_factor (ArmmsStatutorySettings *settings, const char *value)
{
  return armms_multiplier_parse (value, &settings->equivalent_factor) && settings->equivalent_factor.millionths > 0;
}

static gboolean
set_benefit_pool (ArmmsStatutorySettings *settings, const char *value)
{
  return parse_amount (value, &settings->benefit_pool);
}

static gboolean
set_floor_defers_statutory (ArmmsStatutorySettings *settings, const char *value)
{
  return parse_flag (value, &settings->floor.defer_statutory);
}

static gboolean
set_weekly_cap (ArmmsStatutorySettings *settings, const char *value)
{
  return parse_percent (value, &settings->floor.weekly_cap_bp);
}

static gboolean
set_wage_sector (ArmmsStatutorySettings *settings, const char *value)
{
  settings->wage_sector = g_intern_string (value);
  return *value != '\0';
}

const ArmmsStatutorySetting armms_statutory_settings[] = {
  { "tax_method", "table", "table: the pay period's table on the whole; regular: with the cumulative average where required; cumulative: always. To be settled with the accountant", set_tax_method },
  { "premiums_are_supplementary", "true", "Whether holiday and night pay count as supplementary beside overtime; only the methods regular and cumulative ask", set_premiums_are_supplementary },
  { "equivalent_factor", "393.5", "Paid days a year of the equivalent monthly rate of daily-paid guards: base of PhilHealth and HDMF", set_equivalent_factor },
  { "benefit_pool", "90000.00", "13th month and other benefits free of tax in a year", set_benefit_pool },
  { "floor_defers_statutory", "false", "Whether the floor may defer employee shares when deferring all else is not enough; the agency then remits them in advance", set_floor_defers_statutory },
  { "loss_weekly_cap_bp", "2000", "Loss and damage: at most this share of a week's wages, in hundredths of a percent", set_weekly_cap },
  { "wage_sector", "non-agriculture", "Sector of the wage orders that guards fall under", set_wage_sector },
  { NULL },
};

/* The table of tenant-settings allows these words only. */
static ArmmsCutOff
cut_off_of (const char *word)
{
  return g_strcmp0 (word, "FIRST") == 0 ? ARMMS_CUT_OFF_FIRST : g_strcmp0 (word, "BOTH") == 0 ? ARMMS_CUT_OFF_BOTH : ARMMS_CUT_OFF_SECOND;
}

void
armms_statutory_settings_follow (ArmmsStatutorySettings *settings, const ArmmsTenantSettings *tenant)
{
  g_autofree char *kind = g_ascii_strdown (tenant->net_floor_kind, -1);

  settings->cut_off[ARMMS_SCHEME_SSS] = cut_off_of (tenant->sss_cut_off);
  settings->cut_off[ARMMS_SCHEME_PHILHEALTH] = cut_off_of (tenant->philhealth_cut_off);
  settings->cut_off[ARMMS_SCHEME_HDMF] = cut_off_of (tenant->hdmf_cut_off);
  if (!armms_floor_kind_parse (kind, &settings->floor.kind))
    settings->floor.kind = ARMMS_FLOOR_NONE;
  settings->floor.percent_bp = (gint32) tenant->net_floor_percent_bp;
  settings->floor.amount = tenant->net_floor_amount;
  settings->floor.partial = tenant->partial_deferral;
}

void
armms_statutory_settings_init (ArmmsStatutorySettings *settings)
{
  g_autoptr(ArmmsTenantSettings) tenant = armms_tenant_settings_new ();

  memset (settings, 0, sizeof *settings);
  armms_statutory_settings_follow (settings, tenant);
  for (const ArmmsStatutorySetting *setting = armms_statutory_settings; setting->key != NULL; setting++)
    if (!setting->set (settings, setting->fallback))
      g_assert_not_reached ();
}

gboolean
armms_statutory_settings_set (ArmmsStatutorySettings *settings, const char *key, const char *value, GError **error)
{
  for (const ArmmsStatutorySetting *setting = armms_statutory_settings; setting->key != NULL; setting++)
    {
      ArmmsStatutorySettings wanted = *settings;

      if (strcmp (setting->key, key) != 0)
        continue;
      if (setting->set (&wanted, value))
        {
          *settings = wanted;
          return TRUE;
        }
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "statutory.setting", "%s cannot be '%s': %s", key, value, setting->about);
      return FALSE;
    }
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "statutory.setting", "there is no setting %s", key);
  return FALSE;
}
