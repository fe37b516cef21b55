#include "server/rules/statutory/hdmf-base.h"

static const char *const names[] = { "monthly_equivalent", "earned" };

gboolean
armms_hdmf_part_month_base_parse (const char *name, ArmmsHdmfPartMonthBase *ret_base)
{
  for (guint base = 0; base < G_N_ELEMENTS (names); base++)
    if (g_strcmp0 (name, names[base]) == 0)
      {
        *ret_base = (ArmmsHdmfPartMonthBase) base;
        return TRUE;
      }
  return FALSE;
}

gboolean
armms_is_part_month (ArmmsDate hired_on, ArmmsDate separated_on, ArmmsDate date)
{
  ArmmsDate first, last;
  int year, month, day;

  armms_date_to_ymd (date, &year, &month, &day);
  first = armms_date_from_ymd (year, month, 1);
  last = armms_date_from_ymd (year, month, armms_date_days_in_month (year, month));
  return (!armms_date_is_none (hired_on) && hired_on.days > first.days)
         || (!armms_date_is_none (separated_on) && separated_on.days < last.days);
}

ArmmsMoney
armms_hdmf_base (ArmmsHdmfPartMonthBase choice, gboolean part_month, ArmmsMoney monthly, ArmmsMoney earned)
{
  if (earned.centavos <= 0)
    return ARMMS_MONEY (0);
  return part_month && choice == ARMMS_HDMF_BASE_EARNED ? earned : monthly;
}
