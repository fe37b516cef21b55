#include "server/statutory/settings.h"

#include <string.h>

#define PERCENT_MAX_BP 10000
#define MILLION 1000000
#define RETURN_MAX_DAYS 365
#define SAME_FACTOR "equivalent_factor" /* in place of a factor of its own */

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

static gboolean
set_philhealth_factor (ArmmsStatutorySettings *settings, const char *value)
{
  if (strcmp (value, SAME_FACTOR) != 0)
    return armms_multiplier_parse (value, &settings->philhealth_factor) && settings->philhealth_factor.millionths > 0;
  settings->philhealth_factor = (ArmmsMultiplier) { 0 };
  return TRUE;
}

static gboolean
set_hdmf_part_month_base (ArmmsStatutorySettings *settings, const char *value)
{
  return armms_hdmf_part_month_base_parse (value, &settings->hdmf_part_month_base);
}

static gboolean
set_recover_deferred_share (ArmmsStatutorySettings *settings, const char *value)
{
  settings->recover_deferred_share = strcmp (value, "next_month") == 0;
  return settings->recover_deferred_share || strcmp (value, "never") == 0;
}

static gboolean
set_deposit_return_days (ArmmsStatutorySettings *settings, const char *value)
{
  gint64 days;

  if (!g_ascii_string_to_signed (value, 10, 0, RETURN_MAX_DAYS, &days, NULL))
    return FALSE;
  settings->deposit_return_days = (gint32) days;
  return TRUE;
}

const ArmmsStatutorySetting armms_statutory_settings[] = {
  { "tax_method", "table", "table: the pay period's table on the whole; regular: with the cumulative average where required; cumulative: always. To be settled with the accountant", set_tax_method },
  { "premiums_are_supplementary", "true", "Whether holiday and night pay count as supplementary beside overtime; only the methods regular and cumulative ask", set_premiums_are_supplementary },
  { "equivalent_factor", NULL, "Paid days a year of the equivalent monthly rate of daily-paid guards: base of PhilHealth and HDMF", set_equivalent_factor, ARMMS_LIMIT_EQUIVALENT_FACTOR },
  { "philhealth_factor", SAME_FACTOR, "Paid days a year of PhilHealth's base alone where contracts count otherwise; " SAME_FACTOR ": as that setting says", set_philhealth_factor },
  { "hdmf_part_month_base", "monthly_equivalent", "HDMF of a month in which somebody is hired or separated: of the monthly_equivalent of the rate, or of what was earned so far", set_hdmf_part_month_base },
  { "recover_deferred_share", "next_month", "An employee share that was not taken: recovered from the next_month (a waiver may say otherwise), or never, as SSS and HDMF may hold arrears to be the employer's", set_recover_deferred_share },
  { "benefit_pool", NULL, "13th month and other benefits free of tax in a year; the law's figure is the most that counts", set_benefit_pool, ARMMS_LIMIT_BENEFIT_POOL },
  { "floor_defers_statutory", "false", "Whether the floor may defer employee shares when deferring all else is not enough; the agency then remits them in advance", set_floor_defers_statutory },
  { "loss_weekly_cap_bp", NULL, "Loss and damage: at most this share of a week's wages, in hundredths of a percent; the law's figure is the most that counts", set_weekly_cap, ARMMS_LIMIT_LOSS_WEEKLY_CAP },
  { "deposit_return_days", NULL, "A cash deposit is given back within so many days of separation", set_deposit_return_days, ARMMS_LIMIT_DEPOSIT_RETURN },
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
  settings->benefit_pool = ARMMS_STATUTORY_POOL_OF_LAW;
  settings->floor.weekly_cap_bp = ARMMS_STATUTORY_CAP_OF_LAW;
  settings->deposit_return_days = ARMMS_STATUTORY_DAYS_OF_LAW;
  for (const ArmmsStatutorySetting *setting = armms_statutory_settings; setting->key != NULL; setting++)
    if (setting->fallback != NULL && !setting->set (settings, setting->fallback))
      g_assert_not_reached ();
}

/* The tenant's own figure where it stays within the law's, else the law's. */
static gint64
within_law (gint64 chosen, const ArmmsLimitRow *law)
{
  return chosen < 0 ? law->value : MIN (chosen, law->value);
}

gboolean
armms_statutory_settings_settle (ArmmsStatutorySettings *settings, const ArmmsLimitTable *limits, ArmmsDate date, GError **error)
{
  const ArmmsLimitRow *pool = armms_limit_find (limits, ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, date, error);
  const ArmmsLimitRow *cap = pool != NULL ? armms_limit_find (limits, ARMMS_LIMIT_LOSS_WEEKLY_CAP, ARMMS_LIMIT_BASIS_POINTS, date, error) : NULL;
  const ArmmsLimitRow *factor = cap != NULL ? armms_limit_find (limits, ARMMS_LIMIT_EQUIVALENT_FACTOR, ARMMS_LIMIT_DAYS, date, error) : NULL;

  if (factor == NULL)
    return FALSE;
  settings->benefit_pool = ARMMS_MONEY (within_law (settings->benefit_pool.centavos, pool));
  /* To the waterfall nothing would mean no cap: that is nobody's choice either. */
  settings->floor.weekly_cap_bp = (gint32) within_law (settings->floor.weekly_cap_bp > 0 ? settings->floor.weekly_cap_bp : -1, cap);
  if (settings->equivalent_factor.millionths == 0)
    settings->equivalent_factor = (ArmmsMultiplier) { factor->value };
  if (settings->philhealth_factor.millionths == 0)
    settings->philhealth_factor = settings->equivalent_factor;
  return TRUE;
}

gboolean
armms_statutory_deposit_return_by (const ArmmsStatutoryTables *tables, ArmmsDate separated_on, ArmmsDate *ret_by, GError **error)
{
  gint64 days = tables->settings.deposit_return_days;

  if (days < 0)
    {
      const ArmmsLimitRow *row = armms_limit_find (&tables->limits, ARMMS_LIMIT_DEPOSIT_RETURN, ARMMS_LIMIT_DAYS, separated_on, error);

      if (row == NULL)
        return FALSE;
      days = row->value / MILLION;
    }
  *ret_by = armms_date_add_days (separated_on, (int) days);
  return TRUE;
}

char *
armms_statutory_setting_format_limit (const ArmmsLimitRow *row)
{
  char buffer[ARMMS_MONEY_TEXT_SIZE];

  if (row->unit == ARMMS_LIMIT_CENTAVOS)
    return g_strdup (armms_money_format (ARMMS_MONEY (row->value), buffer));
  if (row->unit == ARMMS_LIMIT_DAYS)
    return g_strdup (armms_multiplier_format ((ArmmsMultiplier) { row->value }, buffer));
  return g_strdup_printf ("%" G_GINT64_FORMAT, row->value);
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
