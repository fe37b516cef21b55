#include "server/timekeeping/settings.h"

#include "server/tenant/tenant.h"

/* Zones are tables that are costly to make and never change: kept for the life of the process. */
static ArmmsZone *
zone_named (const char *name)
{
  static GMutex lock;
  static GHashTable *zones = NULL;
  ArmmsZone *zone;

  g_mutex_lock (&lock);
  if (zones == NULL)
    zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  zone = g_hash_table_lookup (zones, name);
  if (zone == NULL)
    {
      zone = armms_zone_new (name);
      if (zone != NULL)
        g_hash_table_insert (zones, g_strdup (name), zone);
    }
  g_mutex_unlock (&lock);
  return zone;
}

gboolean
armms_timekeeping_settings_load (ArmmsWork *work, ArmmsTimekeepingSettings *ret_settings, GError **error)
{
  const ArmmsTenantSettings *settings = armms_tenant_get_settings (work, error);
  g_autofree char *kind = NULL;

  if (settings == NULL)
    return FALSE;
  *ret_settings = (ArmmsTimekeepingSettings) {
    .zone = zone_named (settings->time_zone),
    .period_anchor = armms_date_from_ymd (2024, 1, 1), /* a Monday */
    .oldest_event = { armms_work_get_now (work).us - settings->event_max_age_days * 1440 * ARMMS_US_PER_MINUTE },
    .newest_event_minutes = settings->event_max_ahead.count,
    .holiday_clash = g_str_equal (settings->regular_and_special, "DOUBLE") ? ARMMS_HOLIDAY_CLASH_DOUBLE : ARMMS_HOLIDAY_CLASH_REGULAR,
    .day_type_of_duty = g_str_equal (settings->day_type_policy, "DUTY"),
  };
  kind = g_ascii_strdown (settings->pay_period_kind, -1);
  if (ret_settings->zone == NULL || !armms_period_kind_parse (kind, &ret_settings->period_kind))
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "settings.unreadable", "the tenant's time zone or pay period is not known: %s, %s",
                       settings->time_zone, settings->pay_period_kind);
      return FALSE;
    }
  return TRUE;
}
